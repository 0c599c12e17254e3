/** Going back to what the account was before a call: in an account of its own. */

/** Offers to fork at a call, where the account keeps what it was. */
export const ForkHere = (_: { requestId: string }) => null
