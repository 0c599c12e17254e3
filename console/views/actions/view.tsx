export const ActionsView = (_: { parts: readonly string[] }) => null
