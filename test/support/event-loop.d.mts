export declare const BEAT_MS: number
export declare function watchEventLoop(): { longestMs(): number; stop(): void }
