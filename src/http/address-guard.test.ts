import type { LookupFunction } from "node:net";
import { expect, it } from "vitest";
import { GatewayError } from "../errors.ts";
import { createAddressGuard, readUrl } from "./address-guard.ts";
import { httpForTests, json, reading, startSystem, upstreamOf } from "./test-support.ts";

const isRefused = (url: string, allowed: string[] = []): boolean => {
  try {
    createAddressGuard(allowed).checkHost(readUrl(url));
    return false;
  } catch (error) {
    expect(error).toMatchObject({ code: "ADDRESS_REFUSED" });
    return true;
  }
};

it.each([
  "http://127.0.0.1/",
  "http://127.1/",
  "http://2130706433/",
  "http://0x7f000001/",
  "http://0x7f.1/",
  "http://0177.0.0.1/",
  "http://017700000001/",
  "http://127.0.0.1./",
  "http://①②⑦.0.0.1/",
  "http://127。0。0。1/",
  "http://%31%32%37.0.0.1/",
  "http:\\\\127.0.0.1\\",
  "http://0/",
  "http://0.0.0.0/",
  "http://10.1.2.3/",
  "http://172.16.0.1/",
  "http://192.168.1.1/",
  "http://100.64.0.1/",
  "http://169.254.169.254/latest/meta-data/",
  "http://192.0.2.1/",
  "http://198.18.0.1/",
  "http://224.0.0.1/",
  "http://255.255.255.255/",
  "http://168.63.129.16/",
  "http://100.100.100.200/",
  "http://192.0.0.192/",
  "http://[::1]/",
  "http://[::]/",
  "http://[::127.0.0.1]/",
  "http://[::ffff:127.0.0.1]/",
  "http://[::ffff:7f00:1]/",
  "http://[0:0:0:0:0:ffff:a9fe:a9fe]/",
  "http://[64:ff9b::7f00:1]/",
  "http://[64:ff9b:1::a00:1]/",
  "http://[2002:7f00:1::]/",
  "http://[2001:0:7f00:1::]/",
  "http://[fc00::1]/",
  "http://[fd00:ec2::254]/",
  "http://[fe80::1]/",
  "http://[fe80::1%25eth0]/",
  "http://[fec0::1]/",
  "http://[ff02::1]/",
  "http://[2001:db8::1]/",
  "http://[100::1]/",
  "ftp://8.8.8.8/",
  "file:///etc/passwd",
  "javascript:alert(1)",
  "//8.8.8.8/",
  "8.8.8.8",
  "",
  "http://user@8.8.8.8/",
  "http://user:password@8.8.8.8/",
  "http://:password@8.8.8.8/",
])("refuses %s", (url) => {
  expect(isRefused(url)).toBe(true);
});

it.each(["https://lk.i-bonus.me/", "http://8.8.8.8:8080/x", "https://[2606:4700::1111]/", "http://[::ffff:8.8.8.8]/"])(
  "lets %s pass",
  (url) => expect(isRefused(url)).toBe(false),
);

it.each<[string, string[], boolean]>([
  ["http://10.1.2.3/", ["10.0.0.0/8"], true],
  ["http://10.1.2.3/", ["10.0.0.0/16"], false],
  ["http://[::ffff:10.1.2.3]/", ["10.1.2.3"], true],
  ["http://[fd12::1]/", ["fd12::/16"], true],
  ["http://169.254.169.254/", ["0.0.0.0/0"], false],
  ["http://169.254.169.254/", ["169.254.0.0/16"], true],
  ["http://169.254.169.254/", ["169.254.169.254"], true],
  ["http://[fe80::1]/", ["::/0"], false],
  ["http://100.100.100.200/", ["100.64.0.0/10"], false],
  ["http://100.100.100.200/", ["100.100.100.200/32"], true],
])("takes %s with %j allowed: %s", (url, allowed, passes) => {
  expect(isRefused(url, allowed)).toBe(!passes);
});

it("does not show the password that it refuses", () => {
  expect(() => readUrl("http://user:hunter2@8.8.8.8/")).toThrow(
    expect.not.stringContaining("hunter2") as unknown as Error,
  );
});

/** Answers each question about a name with the next of these lists. */
const names = (...answers: string[][]): { lookup: LookupFunction; asked: () => number } => {
  let asked = 0;
  return {
    asked: () => asked,
    lookup: (_, options, answer) => {
      const found = (answers[Math.min(asked++, answers.length - 1)] ?? []).map((address) => ({
        address,
        family: address.includes(":") ? 6 : 4,
      }));
      expect(options.all).toBe(true);
      answer(null, found);
    },
  };
};

it.each([
  [["127.0.0.1"]],
  [["8.8.8.8", "10.0.0.1"]],
  [["::1"]],
  [["::ffff:169.254.169.254"]],
  [["fe80::1%eth0"]],
  [["no address"]],
])("refuses a name with %j, whatever the scheme", async (addresses) => {
  for (const scheme of ["http", "https"]) {
    const http = httpForTests({ allowedNetworks: [], lookup: names(addresses).lookup });
    const call = upstreamOf(http).request(reading(`${scheme}://inner.example/`));
    await expect(call).rejects.toMatchObject({
      code: "ADDRESS_REFUSED",
      message: expect.stringContaining("inner.example"),
    });
    expect(http.calls("one/1").sent).toBe(1);
    await http.close(0);
  }
});

it("connects to what it checked: a name that changes in between gains nothing", async () => {
  const system = await startSystem();
  system.reply(json("fine"));
  const { lookup, asked } = names(["127.0.0.1"], ["127.0.0.2"]);
  const http = httpForTests({ lookup });
  const url = system.url.replace("127.0.0.1", "rebinding.example");
  // The first connection asks once, and goes where that answer said.
  expect(await upstreamOf(http).request(reading(url))).toBe("fine");
  expect(asked()).toBe(1);
  // A new connection asks again, and is checked again.
  await expect(upstreamOf(http, { key: "two/1" }).request(reading(url))).rejects.toMatchObject({
    code: "ADDRESS_REFUSED",
  });
  expect(asked()).toBe(2);
  expect(system.requests).toHaveLength(1);
  await http.close(0);
  await system.close();
});

it("checks early what can be seen early", async () => {
  const http = httpForTests();
  expect(() => http.assertAddressAllowed("http://127.0.0.1:1/")).not.toThrow();
  expect(() => http.assertAddressAllowed("http://127.0.0.2/")).toThrow(GatewayError);
  await expect(upstreamOf(http).request(reading("http://10.0.0.1/"))).rejects.toMatchObject({
    code: "ADDRESS_REFUSED",
  });
  await http.close(0);
});
