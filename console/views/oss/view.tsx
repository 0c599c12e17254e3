export const OssView = (_: { parts: readonly string[] }) => null
