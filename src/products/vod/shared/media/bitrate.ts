/** Kilobits per second of a file of so many bytes and seconds, to three decimals. */
export const kilobitsPerSecond = (bytes: number, seconds: number): number => (seconds > 0 ? Math.round((bytes * 8) / seconds) / 1000 : 0)
