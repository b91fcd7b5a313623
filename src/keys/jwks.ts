import { JWKS_TYP } from '@keyport/license'
import { type Signer, signJws } from './signer.ts'
import type { PublicJwk } from './signing-key-pair.ts'

export type SigningKeyState = 'next' | 'active' | 'retired'

/** A signing key without its secret. */
export type SigningKey = {
  kid: string
  public_jwk: PublicJwk
  state: SigningKeyState
  created_at: Date
  activated_at: Date | null
  retired_at: Date | null
}

/**
 * The key list as published. `iat` created, `nbf` in use from, `exp` retired at, in seconds since 1970: verifiers
 * refuse what was issued after `exp`, never what was issued before.
 */
export function jwksOf(keys: readonly SigningKey[]) {
  return {
    keys: keys.map(({ public_jwk, state, created_at, activated_at, retired_at }) => ({
      ...inOrder(public_jwk),
      state,
      iat: secondsOf(created_at),
      ...(activated_at && { nbf: secondsOf(activated_at) }),
      ...(retired_at && { exp: secondsOf(retired_at) }),
    })),
  }
}

/** The key list signed by the root key: products that trust the root need no new build when a signing key changes. */
export function signJwks(root: Signer, jwks: { keys: readonly object[] }, signed_at: Date): Promise<string> {
  return signJws(root, JWKS_TYP, JSON.stringify({ iat: secondsOf(signed_at), keys: jwks.keys }))
}

/** As people know it; the database keeps no order of members. */
function inOrder({ kty, crv, x, kid, alg, use }: PublicJwk): PublicJwk {
  return { kty, crv, x, kid, alg, use }
}

function secondsOf(moment: Date): number {
  return Math.floor(moment.getTime() / 1000)
}
