export const EventsView = (_: { parts: readonly string[] }) => null
