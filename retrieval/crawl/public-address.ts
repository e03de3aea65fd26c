import { isIP } from 'node:net';

import ipaddr from 'ipaddr.js';

/**
 * Whether an IP address (no brackets) belongs to a host on the public internet. Everything that
 * could lead back into our own network is not public: private and link-local ranges, loopback,
 * carrier NAT, multicast, reserved blocks, and IPv6 forms that carry an IPv4 address inside.
 * What is not an IP address is not public.
 */
export function isPublicAddress(address: string): boolean {
  if (isIP(address) === 0) return false;
  const parsed = ipaddr.parse(address);
  return parsed instanceof ipaddr.IPv4 ? isPublicIPv4(parsed) : isPublicIPv6(parsed);
}

/** Azure's virtual host: public by its number, metadata and host agent of the machine in truth. */
const AZURE_WIRE_SERVER = '168.63.129.16';

/** Only this block is handed out for global unicast (RFC 4291, IANA registry). */
const GLOBAL_UNICAST = ipaddr.IPv6.parseCIDR('2000::/3');

/** Behind DNS64 every IPv4-only site has such an address (RFC 6052): judge the IPv4 address in it. */
const NAT64 = ipaddr.IPv6.parseCIDR('64:ff9b::/96');

function isPublicIPv4(address: ipaddr.IPv4): boolean {
  return address.range() === 'unicast' && address.toString() !== AZURE_WIRE_SERVER;
}

function isPublicIPv6(address: ipaddr.IPv6): boolean {
  if (address.match(NAT64)) return isPublicIPv4(new ipaddr.IPv4(address.toByteArray().slice(12)));
  return address.range() === 'unicast' && address.match(GLOBAL_UNICAST);
}
