// Writes mails with Nodemailer, a library that is not planbook's: a JSON list of messages in, base64 lines out.
import nodemailer from "nodemailer";
import { readFileSync } from "node:fs";

const transport = nodemailer.createTransport({ streamTransport: true, buffer: true, newline: "windows" });
for (const mail of JSON.parse(readFileSync(0, "utf-8"))) {
  for (const part of mail.attachments ?? []) part.content = Buffer.from(part.content, "base64");
  const { message } = await transport.sendMail(mail);
  process.stdout.write(message.toString("base64") + "\n");
}
