// A reporter of node's test runner: the files in which a test failed, one a line, for the second look of scripts/test.
export default async function* failed(events) {
  const files = new Set();
  for await (const { type, data } of events) if (type === "test:fail" && data.file) files.add(data.file);
  for (const file of files) yield `${file}\n`;
}
