/** Where an object is: its bucket and key, from host and path. */

/** `<bucket>.oss-<region>.aliyuncs.com` */
export const OSS_HOST = /^([a-z0-9][a-z0-9-]+)\.oss-[a-z0-9-]+\.aliyuncs\.com(?::\d+)?$/i

/** Bucket and key, from the host and path or from the path alone; `undefined` if the path has broken escapes or no key. */
export function objectOf({ host, path }: { host: string; path: string }): { bucket: string; key: string } | undefined {
  let decoded: string
  try {
    decoded = decodeURIComponent(path.slice(1))
  } catch {
    return undefined
  }
  const bucket = OSS_HOST.exec(host)?.[1]
  if (bucket !== undefined) return { bucket, key: decoded }
  const slash = decoded.indexOf('/')
  return slash > 0 ? { bucket: decoded.slice(0, slash), key: decoded.slice(slash + 1) } : undefined
}
