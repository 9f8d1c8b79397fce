// Amounts as people write them, to whole numbers of the smallest unit, and back. Never a float: the server reads the
// same forms (`domain::number`) and has the last word.
const SUFFIXES = { 千: 3, 万: 4, 百万: 6, 千万: 7, 亿: 8 };

/**
 * The amount in units of 10^-decimals of the field's unit: a BigInt, `null` where nothing is filled in, `undefined`
 * where it cannot be read. `yuan` are the decimals of one yuan, which a suffix counts in; absent for counts.
 */
export function read(text, decimals, yuan) {
  const plain = text.normalize("NFKC").replace(/[\s¥元]/g, "").replace(/(\d),(?=\d{3}(\D|$))/g, "$1").replace(/(\d),(?=\d{3})/g, "$1");
  if (plain === "" || plain === "-" || plain === "—") return null;
  const found = plain.match(/^(\d+)(?:\.(\d+))?(千万|百万|千|万|亿)?$/);
  if (!found) return undefined;
  const [, whole, part = "", suffix] = found;
  if (suffix && yuan === undefined) return undefined;
  const places = suffix ? SUFFIXES[suffix] + yuan : decimals;
  const digits = part.replace(/0+$/, "");
  if (digits.length > places) return undefined;
  return BigInt(whole + digits.padEnd(places, "0"));
}

/** An amount in the field's unit with thousands separators, no more decimals than it has. */
export function said(minor, decimals) {
  const negative = minor < 0n;
  const digits = String(negative ? -minor : minor).padStart(decimals + 1, "0");
  const whole = digits.slice(0, digits.length - decimals).replace(/\B(?=(\d{3})+$)/g, ",");
  const part = decimals ? digits.slice(-decimals).replace(/0+$/, "") : "";
  return (negative ? "\u2212" : "") + whole + (part ? `.${part}` : "");
}
