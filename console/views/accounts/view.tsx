export const AccountsView = (_: { parts: readonly string[] }) => null
