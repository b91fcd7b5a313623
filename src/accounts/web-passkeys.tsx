import { isIP } from 'node:net'
import { type Context, Hono } from 'hono'
import { AppError } from '../platform/errors.ts'
import { allow } from '../platform/http/access.ts'
import type { PublicEnv } from '../platform/http/env.ts'
import { leaveFlash } from '../platform/http/flash.ts'
import { emptyForm, type FormState, formOf, readForm, refused } from '../platform/http/form.ts'
import { chosenLocale } from '../platform/http/preferences.ts'
import { urls } from '../urls.ts'
import { countChallenge } from './limits.ts'
import { isOwnPassword } from './own-password.ts'
import { ownerOf } from './owner.ts'
import { EditPasskeyPage, NewPasskeyPage } from './pages/passkey-pages.tsx'
import {
  askForNewPasskey,
  askForPasskey,
  noteNewPasskey,
  removePasskey,
  renamePasskey,
  saveNewPasskey,
  signInByPasskey,
} from './passkeys.ts'
import { findPasskey } from './queries.ts'
import { returnPath } from './rules.ts'
import { newPasskeySchema, passkeySchema, passkeySignInSchema, renamePasskeySchema } from './schemas.ts'
import { showInside } from './show-page.tsx'
import { signInPage } from './web-sign-in.tsx'

/** Passkeys: signing in with one, and the owner's own. The browser's script carries the device's answers into forms. */
export const passkeysWeb = new Hono<PublicEnv>()
  .post(urls.accounts.passkeySignInOptions.pattern, allow('anyone'), async (c) => {
    await countChallenge(c.var.db, c.var.address)
    return c.json(await askForPasskey(c))
  })
  .post(urls.accounts.passkeySignIn.pattern, allow('anyone'), async (c) => {
    const form = await readForm(c, passkeySignInSchema)
    const next = String(form.values.next ?? '')
    await countChallenge(c.var.db, c.var.address)
    const { response = '', remember } = form.ok ? form.value : {}
    const right = await signInByPasskey(c, { response, remember: remember === 'on', locale: chosenLocale(c) })
    if (right) return c.redirect(returnPath(next, urls.home.to()), 303)
    return signInPage(c, refused(emptyForm, 'passkey', c.var.t('security.passkeys.refused')), next)
  })
  .get(urls.accounts.passkeys.pattern, allow('signed_in'), (c) => newPage(c, emptyForm))
  .post(urls.accounts.passkeyOptions.pattern, allow('signed_in'), async (c) => {
    const form = await readNew(c)
    return form.ok ? c.json(await askForNewPasskey(c)) : c.json({ errors: form.errors }, 422)
  })
  .post(urls.accounts.passkeys.pattern, allow('signed_in'), async (c) => {
    const form = await readForm(c, newPasskeySchema)
    if (!form.ok) return newPage(c, form)
    const { name, response, current_password } = form.value
    if (!response) return newPage(c, await refusalWithoutAnswer(c, form, current_password))
    if (!(await saveNewPasskey(c, { response, name }))) {
      return newPage(c, refused(form, 'passkey', c.var.t('security.passkeys.refused')))
    }
    await noteNewPasskey(c.var, ownerOf(c), name)
    return done(c, 'security.passkeys.saved')
  })
  .get(urls.accounts.renamePasskey.pattern, allow('signed_in'), async (c) => {
    const asked = passkeySchema.safeParse(c.req.query())
    if (!asked.success) throw new AppError('malformed')
    return editPage(c, asked.data.passkey_id, undefined)
  })
  .post(urls.accounts.renamePasskey.pattern, allow('signed_in'), async (c) => {
    const form = await readForm(c, renamePasskeySchema)
    if (form.errors.passkey_id) throw new AppError('malformed')
    if (!form.ok) return editPage(c, String(form.values.passkey_id), form)
    await renamePasskey(c.var.db, ownerOf(c), form.value)
    return done(c, 'security.passkeys.renamed')
  })
  .post(urls.accounts.removePasskey.pattern, allow('signed_in'), async (c) => {
    const form = await readForm(c, passkeySchema)
    if (!form.ok) throw new AppError('malformed')
    await removePasskey(c.var, ownerOf(c), form.value.passkey_id)
    return done(c, 'security.passkeys.removed')
  })

type Done = 'security.passkeys.saved' | 'security.passkeys.renamed' | 'security.passkeys.removed'

function done(c: Context<PublicEnv>, text: Done) {
  leaveFlash(c, 'success', c.var.t(text))
  return c.redirect(urls.accounts.security.to(), 303)
}

/** Name and password of a passkey to be: a challenge is only given to who knows the password. */
async function readNew(c: Context<PublicEnv>): Promise<FormState & { ok: boolean }> {
  const form = await readForm(c, newPasskeySchema)
  if (!form.ok) return form
  if (await isOwnPassword(c, ownerOf(c), form.value.current_password)) return form
  return { ...refused(form, 'current_password', c.var.t('accounts.password.wrong')), ok: false }
}

/** The form came without a device's answer: the password was wrong, or no script ran. */
async function refusalWithoutAnswer(c: Context<PublicEnv>, form: FormState, password: string): Promise<FormState> {
  const { t } = c.var
  if (!(await isOwnPassword(c, ownerOf(c), password))) {
    return refused(form, 'current_password', t('accounts.password.wrong'))
  }
  return refused(form, 'passkey', t('security.passkeys.unsupported'))
}

function newPage(c: Context<PublicEnv>, form: FormState) {
  const { t, config } = c.var
  const possible = isIP(new URL(config.base_url).hostname.replace(/^\[|\]$/g, '')) === 0
  const values = { name: form.values.name ?? '' }
  return showInside(
    c,
    { title: t('security.passkeys.add'), lead: t('security.passkeys.add.lead'), form, tabs: true, narrow: true },
    <NewPasskeyPage t={t} form={{ ...form, values }} email={ownerOf(c).email ?? ''} possible={possible} />,
  )
}

async function editPage(c: Context<PublicEnv>, id: string, typed: FormState | undefined) {
  const { t, db } = c.var
  const passkey = await findPasskey(db, ownerOf(c).user_id, id)
  if (!passkey) throw new AppError('not_found')
  const form = typed ?? formOf({ name: passkey.name ?? '' })
  return showInside(
    c,
    { title: t('security.passkeys.edit.title'), form, tabs: true, narrow: true },
    <EditPasskeyPage t={t} form={form} passkey={passkey} />,
  )
}
