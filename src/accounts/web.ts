import { Hono } from 'hono'
import type { PublicEnv } from '../platform/http/env.ts'
import { accountWeb } from './web-account.tsx'
import { codeWeb } from './web-code.tsx'
import { confirmWeb } from './web-confirm.tsx'
import { createAccountWeb } from './web-create.tsx'
import { passkeysWeb } from './web-passkeys.tsx'
import { passwordWeb } from './web-password.tsx'
import { preferencesWeb } from './web-preferences.ts'
import { profileWeb } from './web-profile.tsx'
import { securityWeb } from './web-security.tsx'
import { signInWeb } from './web-sign-in.tsx'

export const accountsWeb = new Hono<PublicEnv>()
  .route('/', signInWeb)
  .route('/', codeWeb)
  .route('/', createAccountWeb)
  .route('/', confirmWeb)
  .route('/', passwordWeb)
  .route('/', profileWeb)
  .route('/', accountWeb)
  .route('/', securityWeb)
  .route('/', passkeysWeb)
  .route('/', preferencesWeb)
