@echo off
rem Installs planbook from this folder, for this user, without administrator rights and without internet.
setlocal
cd /d "%~dp0"
set /p VERSION=<python-version.txt
set "PYTHON="
py -%VERSION% -c "pass" >nul 2>nul && set "PYTHON=py -%VERSION%"
if not defined PYTHON python -c "import sys; sys.exit('%%d.%%d' %% sys.version_info[:2] != '%VERSION%')" >nul 2>nul && set "PYTHON=python"
if not defined PYTHON (
  echo Python %VERSION% ^(64-bit unless this bundle says win32^) is needed. Install it first: see manual\excel.md
  start "" notepad "%~dp0manual\excel.md"
  pause
  exit /b 1
)
%PYTHON% -X utf8 install.py %*
set "RESULT=%ERRORLEVEL%"
pause
exit /b %RESULT%
