// What leaves the company, on either engine: a mail server and robots are proposed by one and approved by another, an address
// is confirmed, November is closed, and everybody concerned is told: by a real SMTP server, by robots and another program whose
// signatures are checked here. What could not be delivered is sent again; the morning after brings a digest.
import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { databaseOf, engines, program, visits } from "./demo.mjs";
import { freePort, mailServer, sink, until } from "./outside.mjs";
import { PHONE, launch, serve } from "./support.mjs";

const MAIL = { host: "mail.corp.example", user: "dacheng", password: "geheim-0815" };
const SECRETS = {
  wecom: "f00dcafe-0000-4000-8000-000000000001", dingtalk: "SEC-of-the-group", feishu: "feishu-of-the-group",
  webhook: "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
};
const PATHS = { wecom: "/cgi-bin/webhook/send", dingtalk: "/robot/send", feishu: "/open-apis/bot/v2/hook/group", webhook: "/hook" };
const DIRECTOR = "e000001@corp.example";

const HALF_DAY = 12 * 60 * 60 * 1000;

/** The check that the docs give to receivers. */
async function receiver() {
  const page = readFileSync("docs/webhooks.md", "utf8");
  const code = page.match(/```js\n([\s\S]*?)```/)[1];
  return import(`data:text/javascript,${encodeURIComponent(code)}`);
}

for (const engine of engines) describe(`on ${engine}`, { concurrency: 1 }, () => {
  let folder, database, mail, robots, browser, site, company, port, address, verified, today;

  /** The company's time in seconds: on a fixed date the hour goes from noon to midnight and begins again. */
  const now = () => Date.parse(`${today}T12:00:00+08:00`) / 1000 + (Date.now() % HALF_DAY) / 1000;

  /** Whether groups are left alone now: what robots are told waits for the next day. */
  const isQuiet = () => Date.now() % HALF_DAY > HALF_DAY * 0.7;

  /** Starts the server on a day, always at the same address: what was told before names it too. */
  async function on(day) {
    await site?.stop();
    today = day;
    const hosts = [`${MAIL.host}=127.0.0.1`, "robot.corp.example=127.0.0.1"];
    const words = ["serve", "--database", database.url, "--listen", `127.0.0.1:${port}`, "--site", address, "--today", day,
      "--outbound-allow", hosts.join(","), "--outbound-ca", mail.authority, "--log", "error"];
    site = await serve(program, words, { env: { ...process.env, DACHENG_SECRET_KEY: "a key of the journey" }, cwd: folder });
    company = visits(browser, address);
  }

  before(async () => {
    ({ verified } = await receiver());
    folder = mkdtempSync(join(tmpdir(), "dacheng-"));
    database = databaseOf(engine, folder);
    mail = await mailServer(folder, MAIL);
    robots = await sink(SECRETS, (headers, body) => verified(headers, body, SECRETS.webhook, now()));
    browser = await launch();
    port = await freePort();
    address = `http://127.0.0.1:${port}`;
    await on("2026-12-02");
  }, { timeout: 300_000 });

  after(async () => {
    await browser?.close();
    site?.stop();
    await mail?.stop();
    robots?.stop();
    database?.drop();
    rmSync(folder, { recursive: true, force: true });
  });

  const pictured = (name) => `notifications-${engine.toLowerCase()}-${name}`;

  /** Nothing is wrong with a page, which is opened afresh after, as pictures and checks leave traces in it. A refused form is no
   * trouble, nor a request that was still on its way when a page was left. */
  async function sound(page, name, path = new URL(page.url()).pathname) {
    page.troubles = page.troubles.filter((trouble) => !/status of 422|^request:/.test(trouble));
    await company.sound(page, pictured(name));
    await page.goto(`${address}${path}`);
  }

  /** Opens a page in the company of somebody who signed in before. */
  async function visit(account, path, options) {
    const page = await company.signedIn(account, options);
    await page.goto(`${address}${path}`);
    return page;
  }

  /** What was done is told; then the page afresh, without it, for the next act. */
  async function done(page, said) {
    await page.waitForSelector(`text=${said}`);
    await page.goto(`${address}/settings/notifications`);
  }

  async function proposeMail(page) {
    const form = page.locator("form[action$='/mail']");
    await form.locator("[name=host]").fill(MAIL.host);
    await form.locator("[name=port]").fill(String(mail.port));
    await form.locator("[name=security][value=starttls]").check();
    await form.locator("[name=user]").fill(MAIL.user);
    await form.locator("[name=password]").fill(MAIL.password);
    await form.locator("[name=from]").fill("达成 <dacheng@corp.example>");
    await form.locator("[name=domains]").fill("corp.example");
    await form.locator("button").click();
    await done(page, "已提交，等待安全管理员审批");
  }

  async function proposeRobot(page, kind, words = "") {
    const form = page.locator("form[action$='/robots']");
    await form.locator("[name=name]").fill(`销售群 ${kind}`);
    await form.locator("[name=kind]").selectOption(kind);
    await form.locator("[name=address]").fill(`http://robot.corp.example:${robots.port}${PATHS[kind]}${words}`);
    if (kind !== "wecom") await form.locator("[name=sign]").fill(SECRETS[kind]);
    await form.locator("button").click();
    await done(page, "已提交，等待安全管理员审批");
  }

  test("the system administrator proposes mail, robots and a webhook, and nothing outside of the list", { timeout: 120_000 }, async () => {
    const keeper = await visit("sysadmin", "/settings/notifications");
    await sound(keeper, "channels-empty");
    const robot = keeper.locator("form[action$='/robots']");
    for (const [elsewhere, said] of [["https://evil.example/x", "DACHENG_OUTBOUND_ALLOW"], ["https://127.0.0.1/x", "DACHENG_OUTBOUND_ALLOW"],
      ["http://169.254.169.254/latest", "https://"]]) {
      await robot.locator("[name=name]").fill("别处");
      await robot.locator("[name=address]").fill(elsewhere);
      await robot.locator("button").click();
      await keeper.waitForSelector(`.error-summary:has-text('${said}')`);
      assert.ok(!(await keeper.content()).includes(elsewhere), "an address is secret and typed again");
    }
    await sound(keeper, "channels-refused", "/settings/notifications");
    await proposeMail(keeper);
    await proposeRobot(keeper, "wecom", `?key=${SECRETS.wecom}`);
    await proposeRobot(keeper, "dingtalk", "?access_token=token");
    await proposeRobot(keeper, "feishu");
    const hook = keeper.locator("form[action$='/webhooks']");
    await hook.locator("[name=hook_name]").fill("ERP");
    await hook.locator("[name=hook_address]").fill(`http://robot.corp.example:${robots.port}${PATHS.webhook}`);
    await hook.locator("[name=hook_sign]").fill("short");
    await hook.locator("button").click();
    await keeper.waitForSelector(".error-summary:has-text('whsec_')");
    await hook.locator("[name=hook_address]").fill(`http://robot.corp.example:${robots.port}${PATHS.webhook}`);
    await hook.locator("[name=hook_sign]").fill(SECRETS.webhook);
    await hook.locator("button").click();
    await done(keeper, "已提交，等待安全管理员审批");
    assert.equal(await keeper.locator("tbody tr:has-text('待审批')").count(), 5);
    assert.equal(await keeper.locator("button:text-is('批准')").count(), 0, "nobody approves what they proposed");
    await sound(keeper, "channels-proposed");
  });

  test("the security administrator is told, approves, and each is tried", { timeout: 120_000 }, async () => {
    const guard = await visit("secadmin", "/notifications");
    assert.equal(await guard.locator("text=/通知渠道待审批/").count() >= 5, true);
    await sound(guard, "bell");
    await guard.goto(`${address}/settings/notifications`);
    for (let left = 5; left > 0; left -= 1) {
      await guard.locator("button:has-text('批准'):not(:has-text('不批准'))").first().click();
      await done(guard, "已批准，立即生效");
    }
    assert.equal(await guard.locator("tbody tr:has-text('使用中')").count(), 5);
    await sound(guard, "channels-approved");
    const keeper = await visit("sysadmin", "/settings/notifications");
    for (const name of ["销售群 wecom", "销售群 dingtalk", "销售群 feishu", "ERP"]) {
      await keeper.locator(`tr:has(th:text-is('${name}')) button:has-text('发送测试')`).click();
      await done(keeper, "测试消息已送达");
    }
    assert.equal(robots.asked.length, 4);
    assert.ok(robots.asked.every((own) => own.signed), "each signs in its own way");
    await keeper.locator("tr:has(th:text-is('邮件')) button:has-text('发送测试')").click();
    await keeper.waitForSelector("text=收件人没有已确认的公司邮箱");
    for (const secret of Object.values(SECRETS).concat(MAIL.password)) assert.ok(!(await keeper.content()).includes(secret));
  });

  test("an address gets nothing but the question, until its owner says that it is theirs", { timeout: 120_000 }, async () => {
    const director = await visit("E000001", "/me");
    const form = director.locator("form[action='/me/notifications']");
    await form.locator("[name=mode][value=single]").check();
    await form.locator("[name=quiet_from]").fill("00:00");
    await form.locator("[name=quiet_until]").fill("00:00");
    await form.locator("[name=mail]").fill("director@elsewhere.example");
    await form.locator("button").click();
    await director.waitForSelector(".error-summary:has-text('corp.example')");
    await form.locator("[name=mail]").fill(DIRECTOR);
    await form.locator("button").click();
    await director.waitForSelector("text=确认邮件已发出");
    await director.waitForSelector("text=待确认");
    await sound(director, "wishes-unconfirmed");
    const [letter] = await until(() => mail.to(DIRECTOR, "确认").length && mail.to(DIRECTOR, "确认"), "the letter that asks");
    assert.ok(letter.secure && letter.as === MAIL.user, "signed in, and only after STARTTLS");
    const link = letter.text.match(/http:\S+\/me\/mail\/\S+/)[0];
    assert.ok(link.startsWith(`${address}/me/mail/`));
    const other = await company.signedIn("X000002");
    assert.equal((await other.goto(link)).status(), 404, "another person does not confirm it");
    const phone = await visit("E000001", "/me", { viewport: PHONE, scheme: "dark" });
    await sound(phone, "wishes-phone-dark");
    await phone.goto(link);
    await sound(phone, "confirm-phone-dark");
    await phone.click("button:has-text('确认这个邮箱')");
    await phone.waitForSelector("text=邮箱已确认");
    assert.equal((await director.goto(link)).status(), 404, "once");
    await director.goto(`${address}/me`);
    await director.waitForSelector("#notifications:has-text('已确认')");
  });

  test("November is closed: a mail with subject, sentence and link; robots and programs hear of nobody by name", { timeout: 180_000 }, async () => {
    robots.asked.length = 0;
    const operations = await visit("X000002", "/closes/2026-11");
    for (const row of await operations.locator(".columns-2:has([name^=total-])").all()) {
      await row.locator("[name^=total-]").fill("1");
      await row.locator("[name^=reason-]").fill("来源系统未记当月最后一天");
    }
    await operations.click("button:has-text('提请')");
    await operations.waitForSelector("text=已提请，等待财务结账");
    const finance = await visit("X000004", "/closes/2026-11");
    await finance.click("button:has-text('结账')");
    await finance.waitForSelector("text=本次结账触发");

    const subject = "2026年11月已结账";
    const [letter] = await until(() => mail.to(DIRECTOR, subject).length && mail.to(DIRECTOR, subject), "the mail of the close");
    assert.match(letter.subject, /^【.+】2026年11月已结账：红灯 \d+ 个，黄灯 \d+ 个$/);
    assert.ok(letter.text.includes(`${address}/closes/2026-11`) && letter.text.includes("接收方式可在此修改"), letter.text);
    assert.ok(letter.html.includes(`href="${address}/closes/2026-11"`) && !/<script|<img|src=/.test(letter.html));
    assert.equal(letter.from.value[0].name, "达成");
    assert.equal(letter.headers.get("auto-submitted"), "auto-generated");
    assert.match(letter.messageId, /^<dacheng-message-\d+@127\.0\.0\.1>$/);
    assert.equal(letter.date.toISOString().slice(0, 10), "2026-12-02");

    const names = await operations.evaluate(async () => {
      const { items } = await (await fetch("/api/v1/members?limit=1000")).json();
      return items.map((own) => own.name).filter(Boolean);
    });
    assert.ok(names.length > 60, "somebody could be named");
    const closed = await until(() => robots.of(PATHS.webhook).find((own) => own.body.type === "close.closed"), "the webhook");
    assert.equal(closed.body.data.month, "2026-11");
    const alerts = await until(() => {
      const found = robots.of(PATHS.webhook).filter((own) => own.body.type === "alert.raised");
      return found.length === closed.body.data.red + closed.body.data.yellow && found;
    }, "a webhook for each alert");
    assert.ok(alerts.every((own) => own.signed && own.body.data.level && !("owner" in own.body.data)));
    const hooks = robots.of(PATHS.webhook);
    assert.ok(!names.some((name) => hooks.some((own) => own.raw.includes(name))), "no names");
    assert.equal(new Set(hooks.map((own) => own.headers["webhook-id"])).size, hooks.length, "each has its own number");
    assert.ok(!verified({ ...closed.headers, "webhook-id": "another" }, closed.raw, SECRETS.webhook, now()));
    assert.ok(!verified(closed.headers, `${closed.raw} `, SECRETS.webhook, now()));
    assert.ok(!verified(closed.headers, closed.raw, SECRETS.webhook, now() + 3600), "an hour later it is a repetition");

    if (isQuiet()) await on("2026-12-03");
    for (const kind of ["wecom", "dingtalk", "feishu"]) {
      const told = await until(() => robots.of(PATHS[kind]).length && robots.of(PATHS[kind]), kind);
      assert.equal(told.length, 1, "alerts are about persons: groups hear of the close alone");
      assert.ok(told[0].signed && told[0].raw.includes(`${address}/closes/2026-11`), told[0].raw);
      assert.ok(!names.some((name) => told[0].raw.includes(name)), told[0].raw);
    }
    const director = await visit("E000001", "/notifications");
    await director.waitForSelector(`text=${subject}`);
    await sound(director, "list");
    await sound(await visit("E000001", "/notifications", { viewport: PHONE, scheme: "dark" }), "list-phone-dark");
    const english = await visit("E000001", "/notifications", { language: "en" });
    await english.waitForSelector("text=/Nov(ember)? 2026 was closed/");
    await sound(english, "list-english");
  });

  test("a letter that was refused is listed with the reason, and leaves again once the server takes it", { timeout: 120_000 }, async () => {
    mail.refuse = "mailbox moved";
    const finance = await visit("X000004", "/closes/2026-11");
    await finance.locator("form[action$='/reopen'] [name=reason]").fill("漏记一笔退货");
    await finance.locator("form[action$='/reopen'] button").click();
    await finance.waitForSelector("text=已签字，等待另一方签字");
    const keeper = await company.signedIn("sysadmin");
    const row = "tr:has-text('重新打开待另一方签字')";
    await until(async () => {
      await keeper.goto(`${address}/settings/notifications`);
      return keeper.locator(row).count();
    }, "the dead letter");
    assert.match(await keeper.locator(row).innerText(), /mailbox moved/);
    await sound(keeper, "dead");
    await sound(await visit("sysadmin", "/settings/notifications", { viewport: PHONE, scheme: "dark" }), "dead-phone-dark");
    await sound(await visit("sysadmin", "/settings/notifications", { language: "en" }), "dead-english");
    const listed = await keeper.evaluate(async () => (await fetch("/api/v1/dead-letters")).json());
    assert.equal(listed.items[0].kind, "close.reopening_signed");
    await keeper.goto(`${address}/notifications`);
    await keeper.waitForSelector("text=通知无法送达，请检查渠道");
    mail.refuse = null;
    await keeper.goto(`${address}/settings/notifications`);
    await keeper.locator(`${row} button:has-text('再发一次')`).click();
    await keeper.waitForSelector("text=已重新排队");
    await until(() => mail.to(DIRECTOR, "重新打开待另一方签字").length === 1, "the letter after all");
    await keeper.goto(`${address}/settings/notifications`);
    assert.equal(await keeper.locator(row).count(), 0);
  });

  test("whoever wants one mail a day gets what waits in the morning", { timeout: 120_000 }, async () => {
    const director = await company.signedIn("E000001");
    const read = await director.evaluate(async () => {
      const answer = await fetch("/api/v1/me/notification-preferences");
      return { etag: answer.headers.get("etag"), body: await answer.json() };
    });
    assert.deepEqual([read.body.mode, read.body.address, read.body.confirmed], ["single", DIRECTOR, true]);
    const put = (etag) => director.evaluate(async ([etag, body]) => {
      const headers = { "Content-Type": "application/json", "If-Match": etag };
      const answer = await fetch("/api/v1/me/notification-preferences", { method: "PUT", headers, body: JSON.stringify(body) });
      return { status: answer.status, body: await answer.json() };
    }, [etag, { ...read.body, version: undefined, mode: "digest" }]);
    const kept = await put(read.etag);
    assert.deepEqual([kept.status, kept.body.mode, kept.body.confirmed], [200, "digest", true]);
    assert.equal((await put(read.etag)).status, 412, "somebody else was first");
    await on("2026-12-04");
    const digest = await until(() => mail.to(DIRECTOR, "待办摘要").find((own) => own.subject.includes("12月4日")), "the digest");
    assert.ok(digest.text.includes(`${address}/inbox`) && digest.text.includes("未读通知："), digest.text);
    assert.ok(digest.text.includes("2026年11月已结账"), "what was not read is in it");
  });

  test("programs of a session list, filter and mark notifications", { timeout: 60_000 }, async () => {
    const director = await company.signedIn("E000001");
    const json = (path, options) => director.evaluate(async ([path, options]) => (await fetch(path, options)).json(), [path, options]);
    const first = await json("/api/v1/notifications?limit=2");
    assert.equal(first.items.length, 2);
    const next = await json(`/api/v1/notifications?limit=2&cursor=${first.next}`);
    assert.ok(next.items[0].id < first.items[1].id);
    const { id } = (await json("/api/v1/notifications?unread=true&limit=1")).items[0];
    const post = { method: "POST", headers: { "Content-Type": "application/json" } };
    assert.equal((await json(`/api/v1/notifications/${id}/read`, { ...post, body: "{}" })).read, true);
    assert.ok(!(await json("/api/v1/notifications?unread=true&limit=1000")).items.some((own) => own.id === id));
    const { marked } = await json("/api/v1/notifications/read", { ...post, body: JSON.stringify({ up_to: first.items[0].id }) });
    assert.ok(marked > 0);
    assert.deepEqual((await json("/api/v1/notifications?unread=true")).items.filter((own) => own.id <= first.items[0].id), []);
  });
});
