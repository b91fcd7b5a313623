import type { Config } from '../platform/config.ts'
import { urls } from '../urls.ts'

/** Full URLs of the pages that e-mails lead to. */
export function linksFor({ base_url }: Pick<Config, 'base_url'>) {
  return {
    sign_in: base_url + urls.accounts.signIn.to(),
    create: base_url + urls.accounts.create.to(),
    forgot: base_url + urls.accounts.forgot.to(),
    security: base_url + urls.accounts.security.to(),
    confirmNewEmail: (token: string) => base_url + urls.accounts.confirmEmail.to({ token }),
    confirm: (token: string) => base_url + urls.accounts.confirm.to({ token }),
    reset: (token: string) => base_url + urls.accounts.reset.to({ token }),
  }
}
