import { Hono } from 'hono'
import type { PublicEnv } from '../platform/http/env.ts'
import { accountWeb } from './web-account.tsx'
import { confirmWeb } from './web-confirm.tsx'
import { createAccountWeb } from './web-create.tsx'
import { passwordWeb } from './web-password.tsx'
import { preferencesWeb } from './web-preferences.ts'
import { signInWeb } from './web-sign-in.tsx'

export const accountsWeb = new Hono<PublicEnv>()
  .route('/', signInWeb)
  .route('/', createAccountWeb)
  .route('/', confirmWeb)
  .route('/', passwordWeb)
  .route('/', accountWeb)
  .route('/', preferencesWeb)
