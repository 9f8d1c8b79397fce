// The grid's reading of amounts: the vectors of the design guide, and back. No float is involved.
import assert from "node:assert/strict";
import { test } from "node:test";
import { read, said } from "../assets/js/amount.js";

const wan = (text) => read(text, 6, 2);

test("amounts are read as the server reads them", () => {
  for (const [text, fen] of [
    ["1,060", 1_060_000_000n], ["１２３", 123_000_000n], ["0.01亿", 100_000_000n], ["300万", 300_000_000n],
    ["￥1，200.50", 1_200_500_000n], ["33.333333", 33_333_333n], ["0", 0n], ["1,234,567.5", 1_234_567_500_000n],
  ]) assert.equal(wan(text), fen, text);
  for (const text of ["1.2.3", "五百", "50%", "-1", "1,12", "33.3333333", "=1"]) assert.equal(wan(text), undefined, text);
  for (const text of ["", " ", "—", "-"]) assert.equal(wan(text), null);
  assert.equal(read("20", 0), 20n);
  assert.equal(read("2万", 0), undefined);
});

test("what is said is read back", () => {
  for (const minor of [0n, 1n, 33_333_333n, 12_500_000n, 1_234_567_500_000n]) assert.equal(wan(said(minor, 6)), minor);
  assert.equal(said(-1_500_000n, 6), "−1.5");
});
