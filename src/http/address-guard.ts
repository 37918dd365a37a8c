import { lookup as systemLookup, type LookupAddress } from "node:dns";
import { isIP, type LookupFunction } from "node:net";
import ipaddr from "ipaddr.js";
import type { Text } from "../contract/index.ts";
import { GatewayError } from "../errors.ts";

type Address = ipaddr.IPv4 | ipaddr.IPv6;
type Network = { readonly base: Address; readonly bits: number };

/** Keeps our calls away from addresses that a user has no business with: this machine, its network, the cloud's metadata. */
export type AddressGuard = {
  /**
   * Checks the host where it is an IP address: that needs no look-up, and gets none.
   * @throws GatewayError ADDRESS_REFUSED
   */
  checkHost(target: URL): void;
  /**
   * `dns.lookup` that fails with ADDRESS_REFUSED unless every address of the name is allowed. The socket connects to what
   * was checked, because it is this very answer that it uses: a name cannot be rebound in between.
   */
  readonly lookup: LookupFunction;
};

/** What a cloud tells its machines about themselves, in ranges that are otherwise used for other things. */
const metadataAddresses = ["fd00:ec2::254", "100.100.100.200", "168.63.129.16", "192.0.0.192"].map((address) =>
  ipaddr.parse(address),
);

/** IPv6 addresses outside of it are not global, whatever else they are: ::127.0.0.1 for one. */
const globalUnicast: [ipaddr.IPv6, number] = [ipaddr.IPv6.parse("2000::"), 3];

/**
 * @param allowedNetworks in CIDR notation, or single addresses: allowed beside public unicast. Link-local and metadata
 * addresses are only in networks that lie within the link-local range, or name that one address: 0.0.0.0/0 does not mean them.
 * @param resolve another `dns.lookup`, for tests.
 */
export const createAddressGuard = (
  allowedNetworks: readonly string[],
  resolve: LookupFunction = systemLookup as LookupFunction,
): AddressGuard => {
  const networks = allowedNetworks.map(readNetwork);

  const isAllowed = (text: string): boolean => {
    if (!ipaddr.isValid(text)) return false;
    // An IPv4 address in IPv6 clothes (::ffff:10.0.0.1) is the IPv4 address.
    const address = ipaddr.process(text);
    const isSensitive =
      address.range() === "linkLocal" || metadataAddresses.some((other) => address.toString() === other.toString());
    return (
      networks.some((network) => contains(network, address) && (!isSensitive || meansIt(network))) ||
      (!isSensitive && isPublic(address))
    );
  };

  return {
    checkHost({ hostname }) {
      const literal = hostname.startsWith("[") ? hostname.slice(1, -1) : hostname;
      if (isIP(literal) !== 0 && !isAllowed(literal)) throw refuse(notPublic(hostname));
    },
    lookup(host, options, answer) {
      resolve(host, { ...options, all: true }, (error, found) => {
        if (error !== null) return answer(error, "");
        const addresses = found as LookupAddress[];
        if (!addresses.every(({ address }) => isAllowed(address))) return answer(refuse(notPublic(host)), "");
        if (options.all === true) return answer(null, addresses);
        const [first] = addresses;
        if (first === undefined) return answer(Object.assign(new Error("no address"), { code: "ENOTFOUND" }), "");
        answer(null, first.address, first.family);
      });
    },
  };
};

const readNetwork = (text: string): Network => {
  const [base, bits] = text.includes("/") ? ipaddr.parseCIDR(text) : singleAddress(text);
  return { base, bits };
};

const singleAddress = (text: string): [Address, number] => {
  const address = ipaddr.process(text);
  return [address, address.kind() === "ipv4" ? 32 : 128];
};

const contains = ({ base, bits }: Network, address: Address): boolean =>
  base.kind() === address.kind() && address.match(base, bits);

/** Whether somebody who writes this network can only mean its very addresses. */
const meansIt = ({ base, bits }: Network): boolean =>
  bits === (base.kind() === "ipv4" ? 32 : 128) ||
  (base.range() === "linkLocal" && bits >= (base.kind() === "ipv4" ? 16 : 10));

const isPublic = (address: Address): boolean =>
  address.range() === "unicast" && (address.kind() === "ipv4" || address.match(...globalUnicast));

/**
 * Reads a URL and checks what it may be: http or https, without a user name or password. WHATWG URL gives IP addresses one
 * spelling: 2130706433, 0x7f.1, 0177.1 and "127.0.0.1." all become 127.0.0.1, and a zone (fe80::1%eth0) is refused.
 * @throws GatewayError ADDRESS_REFUSED
 */
export const readUrl = (url: string): URL => {
  const target = URL.parse(url);
  if (target === null) throw refuse(notAnAddress);
  if (target.protocol !== "https:" && target.protocol !== "http:") throw refuse(notAnAddress);
  if (target.username !== "" || target.password !== "") throw refuse(holdsPassword);
  return target;
};

const refuse = (message: Text): GatewayError => new GatewayError("ADDRESS_REFUSED", { message });

const notAnAddress: Text = {
  en: "That is not a web address: it has to begin with https:// or http://.",
  ru: "Это не веб-адрес: он должен начинаться с https:// или http://.",
};

const holdsPassword: Text = {
  en: "The address must not hold a user name or a password. Enter them in their own fields.",
  ru: "Адрес не должен содержать имя пользователя или пароль. Введите их в отдельных полях.",
};

const notPublic = (host: string): Text => ({
  en: `${host} is in a private or reserved network, which is not allowed here.`,
  ru: `${host} находится в частной или служебной сети, а это здесь не разрешено.`,
});
