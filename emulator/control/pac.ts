/** Proxy auto-config: the script by which a browser finds out what goes through a proxy. */

/** The script; of the hosts, one with a dot in front stands for all that end in it. */
export const proxyAutoConfig = (proxy: string, hosts: readonly string[]): string => `function FindProxyForURL(url, host) {
  var hosts = ${JSON.stringify(hosts)};
  host = host.toLowerCase();
  for (var i = 0; i < hosts.length; i++) {
    var found = hosts[i].charAt(0) === "." ? host.slice(-hosts[i].length) === hosts[i] : host === hosts[i];
    if (found) return ${JSON.stringify(`PROXY ${proxy}`)};
  }
  return "DIRECT";
}
`
