import { Hono } from 'hono'
import { z } from 'zod'
import { AppError } from '../platform/errors.ts'
import { allow } from '../platform/http/access.ts'
import type { PublicEnv } from '../platform/http/env.ts'
import { readForm } from '../platform/http/form.ts'
import { keepLocale, keepTheme } from '../platform/http/preferences.ts'
import { locales } from '../platform/i18n.ts'
import { urls } from '../urls.ts'
import { returnPath } from './rules.ts'
import { rememberLanguage } from './update-profile.ts'

const back = z.string().max(2000).optional()
const localeSchema = z.object({ locale: z.enum(locales), back })
const themeSchema = z.object({ theme: z.enum(['auto', 'light', 'dark']), back })

export const preferencesWeb = new Hono<PublicEnv>()
  .post(urls.preferences.locale.pattern, allow('anyone'), async (c) => {
    const form = await readForm(c, localeSchema)
    if (!form.ok) throw new AppError('invalid')
    keepLocale(c, form.value.locale)
    const user_id = c.var.visitor?.user_id
    if (user_id) await rememberLanguage(c.var.db, user_id, form.value.locale)
    return c.redirect(returnPath(form.value.back, urls.home.to()), 303)
  })
  .post(urls.preferences.theme.pattern, allow('anyone'), async (c) => {
    const form = await readForm(c, themeSchema)
    if (!form.ok) throw new AppError('invalid')
    keepTheme(c, form.value.theme)
    return c.redirect(returnPath(form.value.back, urls.home.to()), 303)
  })
