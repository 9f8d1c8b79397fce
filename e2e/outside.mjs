// The world outside for journeys: a real SMTP server with a certificate of its own authority, and the robots of three
// vendors with another program beside them, which check every signature by their own code.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { createHmac } from "node:crypto";
import { once } from "node:events";
import { readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { createServer as createSocket } from "node:net";
import { join } from "node:path";
import { simpleParser } from "mailparser";
import { SMTPServer } from "smtp-server";

/** A port that is free now. */
export async function freePort() {
  const server = createSocket().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address();
  server.close();
  return port;
}

/** An authority, and a certificate for a host by it; PEM, in a folder. */
function certificate(folder, host) {
  const at = (name) => join(folder, name);
  const openssl = (...words) => execFileSync("openssl", words, { stdio: "pipe" });
  writeFileSync(at("mail.ext"), `subjectAltName=DNS:${host}\nbasicConstraints=CA:FALSE\n`);
  openssl("req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=company authority",
    "-keyout", at("ca.key"), "-out", at("ca.pem"));
  openssl("req", "-newkey", "rsa:2048", "-nodes", "-subj", `/CN=${host}`, "-keyout", at("mail.key"), "-out", at("mail.csr"));
  openssl("x509", "-req", "-in", at("mail.csr"), "-CA", at("ca.pem"), "-CAkey", at("ca.key"), "-CAcreateserial",
    "-days", "2", "-extfile", at("mail.ext"), "-out", at("mail.pem"));
  return { authority: at("ca.pem"), key: readFileSync(at("mail.key")), cert: readFileSync(at("mail.pem")) };
}

/** Looks again until something is there. */
export async function until(found, what, seconds = 40) {
  for (let left = seconds * 5; left > 0; left -= 1) {
    const own = await found();
    if (own) return own;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  assert.fail(`waited for ${what}`);
}

/** A mail server that wants STARTTLS and a password. Its letters are parsed; `refuse` makes it turn recipients away for good. */
export async function mailServer(folder, { host, user, password }) {
  const { authority, key, cert } = certificate(folder, host);
  const letters = [];
  const world = { authority, letters, refuse: null };
  const server = new SMTPServer({
    key, cert, authMethods: ["PLAIN", "LOGIN"], disableReverseLookup: true,
    onAuth(given, session, done) {
      const right = session.secure && given.username === user && given.password === password;
      done(right ? null : new Error("wrong name or password"), { user });
    },
    onRcptTo(address, _, done) {
      done(world.refuse ? Object.assign(new Error(world.refuse), { responseCode: 550 }) : null);
    },
    onData(stream, session, done) {
      simpleParser(stream).then((letter) => {
        letters.push({ ...letter, secure: session.secure, as: session.user, for: session.envelope.rcptTo.map((own) => own.address) });
        done();
      }, done);
    },
  });
  server.on("error", () => {}); // a client that gives up is its own affair
  server.listen(0, "127.0.0.1");
  await once(server.server, "listening");
  return Object.assign(world, {
    port: server.server.address().port,
    stop: () => new Promise((resolve) => server.close(resolve)),
    /** The letters to an address whose subject says something. */
    to: (address, subject) => letters.filter((own) => own.for.includes(address) && own.subject.includes(subject)),
  });
}

const hmac = (key, text) => createHmac("sha256", key).update(text).digest("base64");

/** Whether a request is signed as the vendor of its path demands, with the secret of the group. */
const SIGNED = {
  "/cgi-bin/webhook/send": ({ query }, secrets) => query.get("key") === secrets.wecom,
  "/robot/send": ({ query }, secrets) =>
    query.get("access_token") === "token" &&
    query.get("sign") === hmac(secrets.dingtalk, `${query.get("timestamp")}\n${secrets.dingtalk}`),
  "/open-apis/bot/v2/hook/group": ({ body }, secrets) =>
    body.sign === hmac(`${body.timestamp}\n${secrets.feishu}`, ""),
};

/** The robots, on one port: each request with its path, body and whether its signature is right. `hook` checks the rest. */
export async function sink(secrets, hook) {
  const asked = [];
  const server = createServer(async (request, response) => {
    const raw = Buffer.concat(await request.toArray());
    const { pathname, searchParams: query } = new URL(request.url, "http://sink");
    const body = JSON.parse(raw);
    const own = { path: pathname, query, body, raw: raw.toString(), headers: request.headers };
    own.signed = pathname in SIGNED ? SIGNED[pathname](own, secrets) : hook(request.headers, raw);
    asked.push(own);
    response.writeHead(own.signed ? 200 : 401, { "Content-Type": "application/json" });
    response.end(JSON.stringify(own.signed ? { errcode: 0, code: 0 } : { errcode: 310000, code: 19021, errmsg: "sign" }));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return { asked, port: server.address().port, of: (path) => asked.filter((own) => own.path === path), stop: () => server.close() };
}
