// Evidence on an improvement plan: a salesperson on a phone attaches a photo and a PDF, the leader downloads them
// byte for byte; what is of another kind is refused with a sentence; removed; and all of it without scripts.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, test } from "node:test";
import { demo } from "./demo.mjs";
import { PHONE } from "./support.mjs";

let company;
let alert;
let owner;
let path;

const photo = Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xe0]), Buffer.from("JFIF".repeat(200_000))]);
const pdf = Buffer.from("%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n");
const page = Buffer.from("<!DOCTYPE html><script>alert(1)</script>");

before(async () => {
  company = await demo();
  const director = await company.signedIn("E000001");
  const open = await director.evaluate(async () => (await fetch("/api/v1/alerts?state=open&limit=1000")).json());
  alert = open.items.find((own) => own.owner.startsWith("member:") && ["open", "returned"].includes(own.plan?.state));
  assert.ok(alert, "a salesperson has a plan to write");
  owner = alert.owner.replace("member:", "");
  path = `${company.address}/alerts/${alert.id}`;
}, { timeout: 300_000 });

after(() => company?.stop());

/** The page afresh; a refused form is no trouble. */
async function sound(browser, name) {
  browser.troubles = browser.troubles.filter((trouble) => !/status of 422|^request:/.test(trouble));
  await browser.goto(path);
  await company.sound(browser, name);
  await browser.goto(path);
}

test("a salesperson on a phone attaches a photo and a PDF while writing the plan", { timeout: 120_000 }, async () => {
  const phone = await company.signedIn(owner, { viewport: PHONE });
  await phone.goto(path);
  await phone.fill("[name=cause]", "两家大客户把采购推迟到一季度");
  await phone.setInputFiles("#file", [
    { name: "客户现场.jpg", mimeType: "image/jpeg", buffer: photo },
    { name: "推迟函.pdf", mimeType: "application/pdf", buffer: pdf },
  ]);
  await phone.click("button:has-text('上传附件')");
  await phone.waitForSelector("text=已添加 2 份附件");
  assert.equal(await phone.inputValue("[name=cause]"), "两家大客户把采购推迟到一季度", "what was typed is kept");
  await phone.setInputFiles("#file", { name: "page.png", mimeType: "image/png", buffer: page });
  await phone.click("button:has-text('上传附件')");
  await phone.waitForSelector(".error-summary:has-text('“page.png”的内容不是 PNG')");
  assert.equal(await phone.inputValue("[name=cause]"), "两家大客户把采购推迟到一季度");
  assert.equal(await phone.locator(".file-list li").count(), 2);
  await sound(phone, "files-phone");
  await phone.context().close();
});

test("the director downloads what came, byte for byte", { timeout: 120_000 }, async () => {
  const director = await company.signedIn("E000001");
  await director.goto(path);
  for (const [name, bytes] of [["客户现场.jpg", photo], ["推迟函.pdf", pdf]]) {
    const [download] = await Promise.all([director.waitForEvent("download"), director.click(`a:has-text('${name}')`)]);
    assert.equal(download.suggestedFilename(), name);
    assert.ok(readFileSync(await download.path()).equals(bytes), name);
  }
  assert.equal(await director.locator("button:has-text('移除')").count(), 0, "whoever reads removes nothing");
  await sound(director, "files-director");
  await director.context().close();
});

test("without scripts it is removed, added again and refused as well", { timeout: 120_000 }, async () => {
  const plain = await company.signedIn(owner, { scripts: false });
  await plain.goto(path);
  await plain.click("button[aria-label='移除 推迟函.pdf']");
  await plain.waitForSelector("text=已移除“推迟函.pdf”");
  assert.equal(await plain.locator(".file-list li").count(), 1);
  await plain.setInputFiles("#file", { name: "推迟函.pdf", mimeType: "application/pdf", buffer: pdf });
  await plain.click("button:has-text('上传附件')");
  await plain.waitForSelector("text=已添加 1 份附件");
  await plain.setInputFiles("#file", { name: "drawing.svg", mimeType: "image/svg+xml", buffer: Buffer.from("<svg/>") });
  await plain.click("button:has-text('上传附件')");
  await plain.waitForSelector(".error-summary:has-text('“drawing.svg”不是可以上传的类型')");
  await plain.context().close();
  const english = await company.signedIn(owner, { language: "en", scheme: "dark" });
  await sound(english, "files-en-dark");
  await english.context().close();
});
