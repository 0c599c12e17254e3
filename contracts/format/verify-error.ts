/** Verification that cannot be done: no pacts, or no verifier. The message is for who asked for it. */
export class VerifyError extends Error {}
