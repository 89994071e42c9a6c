// 安装时由 planbook addin install --host wps 写入：版本号，和服务的会话文件在哪里（空：按惯例的位置）。
var PLANBOOK_CONFIG = { version: "0.0.0", sessionFile: "" };
