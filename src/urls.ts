/** What help pages are about, in the order in which a newcomer needs them; each exists in every language. */
export const helpTopics = [
  'create-account',
  'user-agreement',
  'sign-in',
  'security',
  'home',
  'serial-numbers',
  'refusals',
  'registration',
  'host-ids',
  'verification',
  'confirmation',
  'license-files',
  'license-file-doctor',
  'license-catalog',
  'statuses',
  'license-options',
  'moving-licenses',
  'addresses',
  'fields',
  'history',
  'bulk-actions',
  'sharing',
  'transfers',
  'delegation',
  'succession',
  'service-requests',
  'customer-numbers',
  'roles',
  'members',
  'notifications',
] as const
export type HelpTopic = (typeof helpTopics)[number]

/** Every URL of the portal. `pattern` is for the router, `to(…)` builds a link. */

type Names<P extends string> = P extends `${string}:${infer Name}/${infer Rest}`
  ? Name | Names<`/${Rest}`>
  : P extends `${string}:${infer Name}`
    ? Name
    : never
type Query = Record<string, string | number | undefined>
type Args<P extends string> = [Names<P>] extends [never]
  ? [query?: Query]
  : [names: Record<Names<P>, string>, query?: Query]

function url<const P extends string>(pattern: P) {
  return {
    pattern,
    to(...args: Args<P>): string {
      const hasNames = pattern.includes('/:')
      const names = (hasNames ? args[0] : {}) as Record<string, string>
      const query = (hasNames ? args[1] : args[0]) as Query | undefined
      const path = pattern.replace(/:(\w+)/g, (_, name: string) => encodeURIComponent(names[name] ?? ''))
      const pairs = Object.entries(query ?? {}).filter(([, value]) => value !== undefined && value !== '')
      return pairs.length === 0 ? path : `${path}?${new URLSearchParams(pairs.map(([k, v]) => [k, String(v)]))}`
    },
  }
}

export const urls = {
  home: url('/'),
  preferences: { locale: url('/preferences/language'), theme: url('/preferences/theme') },
  accounts: {
    signIn: url('/login'),
    signOut: url('/logout'),
    create: url('/account/new'),
    agreement: url('/account/new/agreement'),
    created: url('/account/new/done'),
    confirm: url('/account/confirm'),
    resend: url('/account/confirm/resend'),
    forgot: url('/account/password/forgot'),
    reset: url('/account/password/reset'),
    acceptAgreement: url('/account/agreement'),
    show: url('/account'),
    password: url('/account/password'),
    sessions: url('/account/security/sessions'),
    security: url('/account/security'),
    code: url('/login/code'),
    passkeySignIn: url('/login/passkey'),
    passkeySignInOptions: url('/login/passkey/options'),
    authenticator: url('/account/security/authenticator'),
    startAuthenticator: url('/account/security/authenticator/start'),
    removeAuthenticator: url('/account/security/authenticator/remove'),
    backupCodes: url('/account/security/backup-codes'),
    backupCodesFile: url('/account/security/backup-codes/file'),
    renewBackupCodes: url('/account/security/backup-codes/new'),
    passkeys: url('/account/security/passkeys'),
    passkeyOptions: url('/account/security/passkeys/options'),
    renamePasskey: url('/account/security/passkeys/rename'),
    removePasskey: url('/account/security/passkeys/remove'),
    changeEmail: url('/account/email'),
    confirmEmail: url('/account/email/confirm'),
    cancelEmail: url('/account/email/cancel'),
    data: url('/account/data'),
    close: url('/account/close'),
  },
  organizations: {
    switch: url('/organizations/current'),
    members: url('/account/members'),
    settings: url('/account/members/settings'),
    invite: url('/account/members/invite'),
    invitation: url('/account/members/invitations/:invitation'),
    access: url('/account/members/requests/:access'),
    member: url('/account/members/people/:member'),
    remove: url('/account/members/people/:member/remove'),
    leave: url('/account/members/leave'),
    join: url('/account/join'),
    ask: url('/account/join/request'),
    accept: url('/account/join/invitation'),
    create: url('/account/join/organization'),
    invited: url('/invitations/:token'),
  },
  customers: {
    numbers: url('/account/customer-numbers'),
    claim: url('/account/customer-numbers/claim'),
    remove: url('/account/customer-numbers/:customer/remove'),
  },
  fields: {
    list: url('/account/fields'),
    edit: url('/account/fields/:field'),
    move: url('/account/fields/:field/move'),
    delete: url('/account/fields/:field/delete'),
    restore: url('/account/fields/:field/restore'),
    ofLicense: url('/licenses/:serial/fields'),
  },
  sharing: {
    list: url('/sharing'),
    choose: url('/sharing/new'),
    create: url('/sharing/new/finish'),
    remove: url('/sharing/:share/removal'),
    withMe: url('/shared-with-me'),
  },
  transfers: {
    ownership: url('/licenses/:serial/ownership'),
    list: url('/transfers'),
    offer: url('/transfers/new'),
    show: url('/transfers/:transfer'),
  },
  delegation: {
    list: url('/account/partners'),
    create: url('/account/partners/new'),
    refuse: url('/account/partners/asking/:asking/refusal'),
    end: url('/account/partners/:delegation/end'),
  },
  succession: {
    show: url('/account/recovery'),
    end: url('/account/recovery/:recovery/end'),
    domains: url('/account/domains'),
    domain: url('/account/domains/:domain'),
  },
  partner: {
    customers: url('/customers'),
    invite: url('/customers/invite'),
    withdraw: url('/customers/asked/:asked/withdrawal'),
    handOver: url('/customers/:owner/keys'),
    act: url('/customers/acting'),
    stop: url('/customers/acting/end'),
  },
  reminders: {
    notifications: url('/account/notifications'),
    calendar: url('/account/notifications/calendar'),
    unsubscribe: url('/notifications/unsubscribe'),
    /** The secret with `.ics` behind it: calendars go by the ending. */
    feed: url('/calendar/:feed'),
  },
  registration: {
    start: url('/get-a-license-key'),
    purchases: url('/get-a-license-key/purchases'),
    drafts: url('/get-a-license-key/new-purchase'),
    serials: url('/get-a-license-key/new-purchase/:draft/serial-numbers'),
    removeSerial: url('/get-a-license-key/new-purchase/:draft/serial-numbers/remove'),
    separateSerial: url('/get-a-license-key/new-purchase/:draft/serial-numbers/alone'),
    details: url('/get-a-license-key/new-purchase/:draft/registration'),
    license: url('/get-a-license-key/new-purchase/:draft/registration/:serial'),
    verify: url('/get-a-license-key/new-purchase/:draft/verification'),
    complete: url('/get-a-license-key/new-purchase/:draft/complete'),
    progress: url('/get-a-license-key/new-purchase/:draft/progress'),
    discard: url('/get-a-license-key/new-purchase/:draft/discard'),
    confirmation: url('/get-a-license-key/registrations/:registration'),
    files: url('/get-a-license-key/registrations/:registration/license-files.zip'),
    csv: url('/get-a-license-key/registrations/:registration/license-keys.csv'),
    email: url('/get-a-license-key/registrations/:registration/e-mail'),
  },
  licenses: {
    catalog: url('/licenses'),
    show: url('/licenses/:serial'),
    file: url('/licenses/:serial/keys/:key/file'),
    add: url('/catalog/add'),
    removeAdded: url('/catalog/add/remove'),
    columns: url('/catalog/columns'),
    searches: url('/catalog/saved-searches'),
    search: url('/catalog/saved-searches/:search'),
    tags: url('/licenses/:serial/tags'),
    export: url('/catalog/export/:format'),
    comments: url('/licenses/:serial/comments'),
    removeComment: url('/licenses/:serial/comments/:comment/removal'),
    restoreComment: url('/licenses/:serial/comments/:comment/return'),
    contacts: url('/licenses/:serial/contacts'),
    address: url('/licenses/:serial/address'),
    requestAddress: url('/licenses/:serial/address/new'),
    certificate: url('/licenses/:serial/certificate.pdf'),
  },
  deployments: {
    rehost: url('/licenses/:serial/rehost'),
    deploy: url('/licenses/:serial/hosts'),
    split: url('/licenses/:serial/split'),
    return: url('/licenses/:serial/return'),
    reissue: url('/licenses/:serial/reissue'),
    done: url('/licenses/:serial/new-keys'),
  },
  requests: {
    list: url('/requests'),
    show: url('/requests/:request'),
    withdraw: url('/requests/:request/withdrawal'),
  },
  admin: {
    home: url('/admin'),
    requests: url('/admin/requests'),
    request: url('/admin/requests/:request'),
    takeRequest: url('/admin/requests/:request/assignee'),
    decideRequest: url('/admin/requests/:request/decision'),
  },
  bulk: {
    start: url('/bulk'),
    show: url('/bulk/:bulk'),
    check: url('/bulk/:bulk/check'),
    run: url('/bulk/:bulk/run'),
    cancel: url('/bulk/:bulk/cancel'),
    report: url('/bulk/:bulk/report.csv'),
    keys: url('/bulk/:bulk/license-keys.csv'),
    files: url('/bulk/:bulk/license-files.zip'),
  },
  doctor: url('/license-file-doctor'),
  keys: {
    jwks: url('/.well-known/jwks.json'),
    signedJwks: url('/.well-known/keyport/jwks.jws'),
    revocations: url('/.well-known/keyport/revocations'),
  },
  help: { index: url('/help'), topic: url('/help/:topic') },
  dev: {
    mailbox: url('/dev/mailbox'),
    mail: url('/dev/mailbox/:mail'),
    mailHtml: url('/dev/mailbox/:mail/content.html'),
  },
  operations: { healthz: url('/healthz'), readyz: url('/readyz'), metrics: url('/metrics') },
  assets: url('/assets/:path{.+}'),
} as const
