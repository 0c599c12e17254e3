export const MediaView = (_: { parts: readonly string[] }) => null
