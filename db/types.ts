// Made by tools/generate-db-types.ts from db/migrations: do not edit, run `npm run types:db`.
import type { ColumnType, GeneratedAlways } from 'kysely'

export type Timestamp = ColumnType<Date, Date | string, Date | string>
export type Int8 = ColumnType<number, number | bigint, number | bigint>
export type Numeric = ColumnType<string, string | number, string | number>
export type Bytes = ColumnType<Buffer, Uint8Array, Uint8Array>
/** An array must be written as `JSON.stringify(array)`: the driver sends JavaScript arrays as PostgreSQL arrays. */
export type JsonObject = { [name: string]: unknown }
export type Json = ColumnType<unknown, JsonObject | string, JsonObject | string>
/** A column with a default, or an identity: may be left out of an insert. */
export type Generated<T> =
  T extends ColumnType<infer S, infer I, infer U> ? ColumnType<S, I | undefined, U> : ColumnType<T, T | undefined, T>

export interface AuthAccount {
  id: string
  accountId: string
  providerId: string
  userId: string
  accessToken: string | null
  refreshToken: string | null
  idToken: string | null
  accessTokenExpiresAt: Timestamp | null
  refreshTokenExpiresAt: Timestamp | null
  scope: string | null
  password: string | null
  createdAt: Generated<Timestamp>
  updatedAt: Generated<Timestamp>
}

export interface AuthPasskey {
  id: string
  name: string | null
  publicKey: string
  userId: string
  credentialID: string
  counter: number
  deviceType: string
  backedUp: boolean
  transports: string | null
  createdAt: Timestamp | null
  aaguid: string | null
  lastUsedAt: Timestamp | null
}

export interface AuthSession {
  id: string
  expiresAt: Timestamp
  token: string
  createdAt: Generated<Timestamp>
  updatedAt: Generated<Timestamp>
  ipAddress: string | null
  userAgent: string | null
  userId: string
  activeOrganizationId: string | null
  /** What was given beside the password when this session was opened. */
  secondFactor: 'code' | 'backup_code' | 'passkey' | null
}

/** A login. The user name is the e-mail address, stored in lower case. */
export interface AuthUser {
  id: string
  name: string
  email: string
  emailVerified: Generated<boolean>
  image: string | null
  givenName: Generated<string>
  familyName: Generated<string>
  phone: string | null
  locale: Generated<string>
  timeZone: Generated<string>
  createdAt: Generated<Timestamp>
  updatedAt: Generated<Timestamp>
}

export interface AuthVerification {
  id: string
  identifier: string
  value: string
  expiresAt: Timestamp
  createdAt: Generated<Timestamp>
  updatedAt: Generated<Timestamp>
}

export interface JobsBam {
  id: Generated<string>
  name: string
  version: number
  status: Generated<string>
  queue: string | null
  table_name: string
  command: string
  error: string | null
  created_on: Generated<Timestamp>
  started_on: Timestamp | null
  completed_on: Timestamp | null
}

export interface JobsJob {
  id: Generated<string>
  name: string
  priority: Generated<number>
  data: Json | null
  state: Generated<'created' | 'retry' | 'active' | 'completed' | 'cancelled' | 'failed'>
  retry_limit: Generated<number>
  retry_count: Generated<number>
  retry_delay: Generated<number>
  retry_backoff: Generated<boolean>
  retry_delay_max: number | null
  expire_seconds: Generated<number>
  deletion_seconds: Generated<number>
  singleton_key: string | null
  singleton_on: string | null
  group_id: string | null
  group_tier: string | null
  start_after: Generated<Timestamp>
  created_on: Generated<Timestamp>
  started_on: Timestamp | null
  completed_on: Timestamp | null
  keep_until: Generated<Timestamp>
  output: Json | null
  dead_letter: string | null
  policy: string | null
  heartbeat_on: Timestamp | null
  heartbeat_seconds: number | null
  blocked: Generated<boolean>
  blocking: Generated<boolean>
  pending_dependencies: Generated<number>
  source_name: string | null
  source_id: string | null
  source_created_on: Timestamp | null
  source_retry_count: number | null
  source_output: Json | null
  source_root_id: string | null
}

export interface JobsJobDependency {
  child_name: string
  child_id: string
  parent_name: string
  parent_id: string
}

export interface JobsQueue {
  name: string
  policy: string
  retry_limit: number
  retry_delay: number
  retry_backoff: boolean
  retry_delay_max: number | null
  expire_seconds: number
  retention_seconds: number
  deletion_seconds: number
  dead_letter: string | null
  partition: boolean
  table_name: string
  deferred_count: Generated<number>
  queued_count: Generated<number>
  ready_count: Generated<number>
  warning_queued: Generated<number>
  active_count: Generated<number>
  failed_count: Generated<number>
  total_count: Generated<number>
  created_delta: Generated<number>
  completed_delta: Generated<number>
  failed_delta: Generated<number>
  delta_on: Timestamp | null
  delta_seconds: number | null
  ready_history: Generated<number[]>
  heartbeat_seconds: number | null
  notify: Generated<boolean>
  singletons_active: string[] | null
  monitor_claim_on: Timestamp | null
  monitor_on: Timestamp | null
  maintain_on: Timestamp | null
  created_on: Generated<Timestamp>
  updated_on: Generated<Timestamp>
}

export interface JobsQueueStats {
  id: Generated<string>
  name: string
  deferred_count: Generated<number>
  queued_count: Generated<number>
  ready_count: Generated<number>
  active_count: Generated<number>
  failed_count: Generated<number>
  total_count: Generated<number>
  created_delta: number | null
  completed_delta: number | null
  failed_delta: number | null
  delta_seconds: number | null
  delta_on: Timestamp | null
  captured_on: Generated<Timestamp>
}

export interface JobsSchedule {
  name: string
  key: Generated<string>
  kind: Generated<'cron' | 'rrule'>
  cron: string
  timezone: Generated<string | null>
  data: Json | null
  options: Json | null
  created_on: Generated<Timestamp>
  updated_on: Generated<Timestamp>
  last_job_id: string | null
}

export interface JobsSubscription {
  event: string
  name: string
  created_on: Generated<Timestamp>
  updated_on: Generated<Timestamp>
}

export interface JobsVersion {
  version: number
  cron_on: Timestamp | null
  bam_on: Timestamp | null
  flow_on: Timestamp | null
  reindex_on: Timestamp | null
  monitor_backoff_on: Timestamp | null
}

export interface JobsWarning {
  id: Generated<string>
  type: string
  message: string
  data: Json | null
  created_on: Generated<Timestamp>
}

/** A user asks to work for an organization; an administrator answers. Answered without a role = refused. */
export interface AccessRequests {
  id: string
  organization_id: string
  user_id: string
  message: Generated<string>
  requested_at: Timestamp
  answered_at: Timestamp | null
  answered_by: string | null
  granted_role: 'viewer' | 'downloader' | 'manager' | 'administrator' | null
}

/** Sessions of partners that act for a customer. Whether they still may is asked with each request. */
export interface ActingSessions {
  session_id: string
  partner_id: string
  customer_id: string
  since: Timestamp
}

/** Install-at addresses, known from orders (customer) or entered by an organization. */
export interface Addresses {
  id: string
  customer_id: string | null
  organization_id: string | null
  company: string
  street: string
  street2: string | null
  city: string
  region: string | null
  postal_code: string | null
  country: string
  created_at: Timestamp
}

/** Which user accepted which version, when and from which network address. */
export interface AgreementAcceptances {
  user_id: string
  agreement_id: string
  accepted_at: Timestamp
  address: string | null
  locale: string
}

/** The text of one agreement version in one language: paragraphs with blank lines between, headings begin with ##. */
export interface AgreementTexts {
  agreement_id: string
  locale: string
  body: string
}

/** Versions of the User Agreement; the one published last is current. */
export interface Agreements {
  id: string
  version: string
  published_at: Timestamp
}

/** One-time codes for whoever lost the authenticator app; kept as keyed hashes. */
export interface BackupCodes {
  user_id: string
  code_hash: Bytes
  used_at: Timestamp | null
}

/** The licenses of a bulk action, each once. */
export interface BulkActionRows {
  bulk_action_id: string
  position: number
  serial: string
  license_id: string | null
  revision: number | null
  /** What an uploaded list says about this license, in the order of its columns. */
  cells: Generated<Json>
  /** Null: not tried. Then ok (would be done), done, or the code of the reason why not. */
  outcome: string | null
  /** What the reason is about, for example the name of a field. */
  detail: string | null
}

/** One change for many licenses: tried first, then done by a job, with a report. */
export interface BulkActions {
  id: string
  organization_id: string
  user_id: string
  /** Headings of the columns of an uploaded list beside the serial number. */
  columns: Generated<string[]>
  /** Lines of the list that named a license once more. */
  repeated: Generated<number>
  action: string | null
  input: Generated<Json>
  state: Generated<'new' | 'checking' | 'checked' | 'running' | 'done' | 'cancelled'>
  total: Generated<number>
  accepted: Generated<number>
  refused: Generated<number>
  progress_done: Generated<number>
  revision: Generated<number>
  created_at: Timestamp
  updated_at: Timestamp
  started_at: Timestamp | null
  completed_at: Timestamp | null
}

/** Secret calendar addresses; the secret is kept as SHA-256. */
export interface CalendarFeeds {
  id: string
  organization_id: string
  user_id: string
  token_hash: Bytes
  created_at: Timestamp
  last_read_at: Timestamp | null
  content_hash: Bytes | null
  /** When what the calendar shows was first found changed: its Last-Modified. */
  content_changed_at: Timestamp | null
  revoked_at: Timestamp | null
}

/** From which version a campaign leads to which; a version may have several targets. */
export interface CampaignPaths {
  id: string
  campaign_id: string
  from_version_id: string
  to_version_id: string
}

/** The vendor lets licenses move to new versions. Days are the vendor's. */
export interface Campaigns {
  id: string
  name: string
  state: Generated<'draft' | 'publishing' | 'published' | 'paused' | 'ended'>
  starts_on: string
  ends_on: string | null
  /** How long old and new keys are both valid. */
  overlap_days: Generated<number>
  /** How long an Upgrade Notification ID is valid, at most until the campaign ends. */
  notification_days: Generated<number>
  /** Licenses of kind product need maintenance on the day the new version was released. */
  needs_maintenance: Generated<boolean>
  kinds: Generated<string[]>
  /** Countries of the customers it is for; none = all. */
  countries: Generated<string[]>
  revision: Generated<number>
  created_at: Timestamp
  updated_at: Timestamp
  published_at: Timestamp | null
  /** The customer up to whom publishing has come, in the order of ids. */
  published_to: string | null
  progress_done: Generated<number>
  progress_total: Generated<number>
}

/** Answers that operators prepared; texts by language, {placeholders} are filled in when one is used. */
export interface CannedAnswers {
  id: string
  name: string
  texts: Json
  revision: Generated<number>
  changed_at: Timestamp
  changed_by: string
}

/** Which columns a user chose for the License Catalog, in order. */
export interface CatalogColumns {
  organization_id: string
  user_id: string
  columns: string[]
}

/** The customer numbers of an organization and what proved each. */
export interface CustomerAssociations {
  organization_id: string
  customer_id: string
  proven_by: 'order' | 'serial' | 'operator'
  proof: string
  created_at: Timestamp
  /** Who associated it: a member, or the operator who accepted the claim. */
  created_by: string | null
}

/** The vendor's ERP identity of a buyer; its number is the customer number. */
export interface Customers {
  id: string
  number: string
  name: string
  country: string
  locale: Generated<string>
  created_at: Timestamp
}

/** A partner asks a customer for a delegation; an administrator of the customer consents or refuses. */
export interface DelegationRequests {
  id: string
  partner_id: string
  /** None while the person asked has no confirmed account; set by triggers. */
  customer_id: string | null
  customer_email: string
  level: 'view' | 'download' | 'full'
  message: Generated<string>
  state: 'asked' | 'granted' | 'refused' | 'withdrawn'
  asked_at: Timestamp
  asked_by: string
  answered_at: Timestamp | null
  answered_by: string | null
}

/** One link that was followed, however many connections and attempts it took. */
export interface Downloads {
  id: string
  file_id: string
  release_id: string
  organization_id: string
  user_id: string
  license_id: string | null
  started_at: Timestamp
  last_at: Timestamp
  address: string | null
  agent: string | null
  requests: Generated<number>
  /** Sent in all, what was sent twice counted twice. */
  bytes: Generated<Int8>
  /** Which bytes were sent at least once: complete when all were. */
  received: Generated<string>
  completed_at: Timestamp | null
  /** The bytes went from the store by presigned URL: what was sent is not known here. */
  by_store: Generated<boolean>
}

/** A new e-mail address for a login, confirmed by links to the old and to the new one. */
export interface EmailChanges {
  id: string
  user_id: string
  new_email: string
  old_token_hash: Bytes
  new_token_hash: Bytes
  created_at: Timestamp
  expires_at: Timestamp
  old_confirmed_at: Timestamp | null
  new_confirmed_at: Timestamp | null
  completed_at: Timestamp | null
  cancelled_at: Timestamp | null
}

/** History: who, on whose behalf, what, when, before and after. Append-only. */
export interface Events {
  id: string
  at: Timestamp
  action: string
  actor_kind: 'user' | 'operator' | 'system' | 'machine'
  actor_user_id: string | null
  actor_name: string
  on_behalf_of: string | null
  /** The organization in whose history this line shows. */
  organization_id: string | null
  customer_id: string | null
  license_id: string | null
  /** The row the action was about, when it is not a license. */
  subject_id: string | null
  details: Generated<Json>
  request_id: string | null
  address: string | null
  /** Place of the line in the history of its license: 1, 2, 3 … */
  chain_number: number | null
  /** SHA-256 of the hash before it and of what this line says; see event_hash. */
  chain_hash: Bytes | null
  /** The organization that the actor works for, where it acted on behalf of another one. */
  actor_organization_id: string | null
}

/** Moments at which the end of each license's history was noted, so that lines removed from the end are missed. */
export interface HistoryCheckpoints {
  number: number
  at: Timestamp
  /** HMAC-SHA-256 over the checkpoint before, this one and its ends, with a key derived from SECRET. */
  mac: Bytes
}

/** Where the history of a license ended at a checkpoint, if it grew since the one before. */
export interface HistoryHeads {
  checkpoint: number
  license_id: string
  chain_number: number
  chain_hash: Bytes
}

/** Somebody asked to work for an organization; the secret of the link is kept as SHA-256. */
export interface Invitations {
  id: string
  organization_id: string
  email: string
  role: 'viewer' | 'downloader' | 'manager' | 'administrator'
  token_hash: Bytes
  invited_by: string
  created_at: Timestamp
  expires_at: Timestamp
  accepted_at: Timestamp | null
  accepted_by: string | null
  withdrawn_at: Timestamp | null
  /** Signed up by this link: joins as soon as the e-mail address is confirmed. */
  claimed_by: string | null
}

/** Proof that a partner sent the keys of a license to its customer. */
export interface KeyHandovers {
  id: string
  license_id: string
  owner_id: string
  partner_id: string
  to_email: string
  keys: number
  /** When the newest key that was sent was issued: keys made later are still to be handed over. */
  newest_key_at: Timestamp
  handed_at: Timestamp
  handed_by: string
}

/** License information added to a catalog by serial number, without owning the license. */
export interface LicenseBookmarks {
  organization_id: string
  license_id: string
  created_by: string
  created_at: Timestamp
}

/** Notes of an organization about a license; other organizations never see them. */
export interface LicenseComments {
  id: string
  license_id: string
  organization_id: string
  user_id: string
  /** At most 5,000 characters as a reader counts them; an emoji may be a dozen code points. */
  body: string
  created_at: Timestamp
  removed_at: Timestamp | null
}

/** Values of user-defined fields: numbers and dates in ISO form, yes and no as true and false. */
export interface LicenseFieldValues {
  license_id: string
  field_id: string
  organization_id: string
  value: string
  /** Sorts byte by byte as the type does: texts in lower case without accents, numbers in fixed width; see sortValue in src/fields/rules.ts. */
  sort_value: string
  updated_at: Timestamp
}

/** The customer numbers whose licenses are granted. */
export interface LicenseGrantCustomers {
  grant_id: string
  customer_id: string
}

/** Licenses that are granted one by one. */
export interface LicenseGrantLicenses {
  grant_id: string
  license_id: string
}

/** One organization lets another one use licenses that it owns; what becomes somebody else's property is granted no more. */
export interface LicenseGrants {
  id: string
  kind: 'share' | 'delegation'
  owner_id: string
  /** None while the person invited has no confirmed account; set by triggers. */
  grantee_id: string | null
  /** The user name that was typed. */
  grantee_email: string
  scope: 'customers' | 'licenses' | 'tag' | 'search'
  level: 'view' | 'download' | 'full'
  /** The level as a number: the highest of several counts. */
  rank: GeneratedAlways<number>
  tag: string | null
  search_name: string | null
  /** What the saved search asked; a job lists anew each night what it finds. */
  search_query: string | null
  /** Customer numbers that the owner gets later are granted, too; see grant_new_number. */
  new_numbers: Generated<boolean>
  ends_on: string | null
  /** The end of the day ends_on where it was typed. From then on nothing is granted, whether or not a job has noted it. */
  ends_at: Timestamp | null
  created_at: Timestamp
  created_by: string
  ended_at: Timestamp | null
  ended_by: string | null
}

/** What activates the product; a file is kept byte for byte as issued. The id is the jti of signed keys. */
export interface LicenseKeys {
  id: string
  license_id: string
  scheme: 'code' | 'signed' | 'file' | 'file_host' | 'pool' | 'printed' | 'none' | 'external'
  quantity: number
  host_type: string | null
  host_id: string | null
  key_text: string | null
  file_name: string | null
  file_content: string | null
  kid: string | null
  issued_at: Timestamp
  expires_on: string | null
  superseded_at: Timestamp | null
  revoked_at: Timestamp | null
  revoked_reason: string | null
  replaces_id: string | null
  /** Issued over the allowance, for a few days, until a service request is decided. */
  temporary: Generated<boolean>
  /** Downgrade: the earlier version that the key is for; none = that of its license. */
  product_version_id: string | null
}

/** What the charts of Home show for an organization with many licenses; counted again by a job when it is looked at. */
export interface LicenseStatistics {
  organization_id: string
  computed_at: Timestamp
  statistics: Json
}

/** Words by which an organization groups its licenses. */
export interface LicenseTags {
  organization_id: string
  license_id: string
  tag: string
  created_at: Timestamp
}

/** Addresses and contacts that licenses of an organization have or had, once each, for the search box; kept by triggers. */
export interface LicenseTexts {
  organization_id: string
  kind: 'address' | 'contacts'
  /** The address, or the MD5 of the contacts, that licenses with this text have. */
  ref: string
  text: string
}

/** One purchased right, named to people by its serial number. */
export interface Licenses {
  id: string
  serial: string
  /** The serial with look-alike characters folded, for hints on licenses that the user may already see. */
  serial_lookalike: GeneratedAlways<string>
  product_version_id: string
  kind: 'product' | 'maintenance' | 'content' | 'subscription'
  meter: 'device' | 'user' | 'server' | 'core' | 'instance' | 'site'
  quantity: number
  starts_on: string | null
  ends_on: string | null
  grace_days: Generated<number>
  customer_id: string
  order_line_id: string | null
  /** Scheme printed: the key on the certificate. */
  printed_key: string | null
  /** The owning organization; none = unowned. */
  owner_id: string | null
  registration_id: string | null
  registered_at: Timestamp | null
  registered_to: string | null
  address_id: string | null
  /** Technical contacts: [{name, email, phone}]. */
  contacts: Generated<Json>
  fields: Generated<Json>
  /** End of the maintenance covering this license, from its order or registered maintenance. */
  maintenance_until: string | null
  /** Maintenance and content: the license it covers. */
  covers_license_id: string | null
  renews_license_id: string | null
  revoked_at: Timestamp | null
  revoked_reason: string | null
  superseded_at: Timestamp | null
  /** Raised by every command that changes the license; a stale form is recognised by it. */
  revision: Generated<number>
  created_at: Timestamp
  /** The license that this one was split off from. */
  split_from_license_id: string | null
  /** How much of it is upgraded already while its old keys still work. */
  upgraded_quantity: Generated<number>
  upgraded_from_license_id: string | null
}

/** Outgoing mail, written in the transaction of the change it tells about; sent by a job, or parked when refused for good. */
export interface Mails {
  id: string
  message_id: string
  template: string
  to_address: string
  to_name: string | null
  locale: string
  subject: string
  text: string
  html: string
  created_at: Timestamp
  next_attempt_at: Timestamp
  attempts: Generated<number>
  sent_at: Timestamp | null
  parked_at: Timestamp | null
  last_error: string | null
  /** Goes into List-Unsubscribe: an address that takes a POST. */
  unsubscribe_url: string | null
}

/** Who works for which organization, and what they may do. */
export interface Memberships {
  organization_id: string
  user_id: string
  role: 'viewer' | 'downloader' | 'manager' | 'administrator'
  created_at: Timestamp
}

/** Technical contacts without a login who want no more e-mail about a topic. */
export interface NotificationOptOuts {
  email: string
  topic: string
  opted_out_at: Timestamp
}

/** What a user wants to be told by e-mail; a topic not listed has its default. */
export interface NotificationPreferences {
  user_id: string
  topic: string
  by_email: boolean
}

/** The vendor's staff. */
export interface Operators {
  user_id: string
  role: 'support' | 'catalog' | 'orders' | 'administrator' | 'auditor'
  created_at: Timestamp
}

/** One line of an order; each became one license with one serial number. */
export interface OrderLines {
  id: string
  order_id: string
  line_number: number
  certificate_number: string | null
}

/** A purchase. Its contact is told about licenses that nobody has registered yet. */
export interface Orders {
  id: string
  number: string
  customer_id: string
  purchase_order: string | null
  ordered_on: string
  reseller: string | null
  contact_name: string | null
  contact_email: string | null
  cancelled_at: Timestamp | null
  created_at: Timestamp
}

/** E-mail domains of an organization, verified by a TXT record; colleagues there may recover it. */
export interface OrganizationDomains {
  organization_id: string
  domain: string
  token: string
  added_at: Timestamp
  added_by: string
  verified_at: Timestamp | null
}

/** The holder of licenses. Licenses belong to organizations, never to a person. */
export interface Organizations {
  id: string
  name: string
  country: string | null
  /** Whether license keys may be written into e-mails. */
  keys_in_email: Generated<boolean>
  created_at: Timestamp
  /** Raised by every change of the settings; a stale form is recognised by it. */
  revision: Generated<number>
}

/** What a transfer is about. */
export interface OwnershipTransferLicenses {
  transfer_id: string
  license_id: string
  /** The part of the quantity that goes; none = all of it. */
  quantity: number | null
  /** The license that went: a new one where a part was divided off. */
  moved_id: string | null
  /** What undoing brings back: contacts, address, registered-to. */
  before: Json | null
}

/** Licenses that change their owner: both sides agree, or the vendor decides. */
export interface OwnershipTransfers {
  id: string
  state: 'offered' | 'accepted' | 'declined' | 'withdrawn' | 'expired' | 'undone'
  from_id: string
  /** None while the person asked has no confirmed account; set by triggers. */
  to_id: string | null
  to_email: string
  with_comments: boolean
  with_fields: boolean
  message: Generated<string>
  offered_at: Timestamp
  offered_by: string
  expires_at: Timestamp
  decided_at: Timestamp | null
  decided_by: string | null
  /** Until then either side takes an accepted transfer back; none where the vendor decided. */
  undo_until: Timestamp | null
  undone_at: Timestamp | null
  undone_by: string | null
}

/** Keys imported by the vendor; each is handed out once. */
export interface PoolKeys {
  id: string
  product_id: string
  key_text: string
  imported_at: Timestamp
  license_key_id: string | null
}

/** A released version of a product, with its end of support. */
export interface ProductVersions {
  id: string
  product_id: string
  version: string
  released_on: string
  support_ends_on: string | null
}

/** What is sold. The key scheme says how its license keys are made. */
export interface Products {
  id: string
  code: string
  name: string
  description: Generated<string>
  kind: 'product' | 'maintenance' | 'content' | 'subscription'
  meter: 'device' | 'user' | 'server' | 'core' | 'instance' | 'site'
  key_scheme: 'code' | 'signed' | 'file' | 'file_host' | 'pool' | 'printed' | 'none' | 'external'
  host_types: Generated<string[]>
  /** Its serial numbers must be registered individually, in a basket of their own. */
  register_alone: Generated<boolean>
  /** Maintenance and content: the product whose licenses it covers. */
  covers_product_id: string | null
  /** JSON Schema of what registration asks besides the host, or null. */
  fields_schema: Json | null
  /** Signed into license files: {name: true | number | text}. */
  features: Generated<Json>
  warn_days: Generated<number>
  grace_days: Generated<number>
  rehost_allowance: Generated<number>
  rehost_months: Generated<number>
  created_at: Timestamp
  /** Whether a license may be used with keys of an earlier version of the product. */
  downgrade_right: Generated<boolean>
}

/** Token buckets, shared by all nodes. The key is a limit's name and a hash of whom it counts. */
export interface RateLimits {
  key: string
  tokens: number
  refilled_at: Timestamp
}

/** Somebody asks to become administrator of an organization whose administrators are gone. */
export interface Recoveries {
  id: string
  organization_id: string
  user_id: string
  grounds: 'member' | 'domain'
  state: 'waiting' | 'completed' | 'stopped' | 'withdrawn'
  asked_at: Timestamp
  due_at: Timestamp
  reminded_at: Timestamp | null
  ended_at: Timestamp | null
  /** Who stopped or withdrew it; none where the job decided. */
  ended_by: string | null
}

/** Serial numbers in a draft, in the order they were entered. Their outcomes are never stored: they follow from the licenses, now. */
export interface RegistrationDraftSerials {
  draft_id: string
  position: number
  serial: string
  /** What was entered for this license alone: hosts, fields, the license it covers. */
  choices: Generated<Json>
}

/** A New Purchase wizard under way, or completed; it survives closing the browser. */
export interface RegistrationDrafts {
  id: string
  organization_id: string
  created_by: string
  /** What was entered once for all: company, address, contacts, hosts and fields per product. */
  details: Generated<Json>
  /** Raised by every change of the draft or its serials; a page or a completion made from older facts is recognised by it. */
  revision: Generated<number>
  created_at: Timestamp
  updated_at: Timestamp
  /** A job is completing it; nothing may be changed meanwhile. */
  submitted_at: Timestamp | null
  completed_at: Timestamp | null
  discarded_at: Timestamp | null
  /** Why a submitted registration came back to its user, if it did. */
  refusal: Json | null
  progress_done: Generated<number>
  progress_total: Generated<number>
  purpose: Generated<'purchase' | 'upgrade'>
}

/** One completed registration: the act by which an organization became owner of licenses. */
export interface Registrations {
  id: string
  draft_id: string | null
  organization_id: string
  user_id: string
  completed_at: Timestamp
  license_count: number
  registered_to: string
  contacts: Generated<Json>
}

/** Each move of a license to a new host, for the allowance of its product. */
export interface Rehosts {
  id: string
  license_id: string
  organization_id: string
  kind: 'rehost' | 'return'
  old_key_id: string | null
  new_key_id: string | null
  quantity: number
  request_id: string | null
  /** Whether it uses up the allowance; those an operator granted do not. */
  counted: Generated<boolean>
  moved_at: Timestamp
  moved_by: string | null
}

/** A whole file of a release, checked and signed; without published_at only operators see it. */
export interface ReleaseFiles {
  id: string
  release_id: string
  name: string
  platform: string
  /** Null: for every language. */
  language: string | null
  /** Where it is offered; empty: everywhere. */
  countries: Generated<string[]>
  size: Int8
  sha256: string
  signature: string
  key_id: string
  storage_key: string
  uploaded_at: Timestamp
  uploaded_by: string | null
  published_at: Timestamp | null
}

/** Ed25519 keys that sign published files in the format of minisign; the private key is encrypted under the key-encryption key. */
export interface ReleaseKeys {
  id: string
  public_key: Bytes
  private_key: Bytes | null
  created_at: Timestamp
  retired_at: Timestamp | null
}

/** Who was told of a release, so that each is told once. */
export interface ReleaseNotices {
  release_id: string
  user_id: string
  told_at: Timestamp
}

/** Who wants to be told of new releases of a product. */
export interface ReleaseSubscriptions {
  user_id: string
  organization_id: string
  product_id: string
  created_at: Timestamp
}

/** A file that arrives in parts, over as many connections and processes as it takes; becomes a release_file of the same id. */
export interface ReleaseUploads {
  id: string
  release_id: string
  name: string
  platform: string
  language: string | null
  countries: Generated<string[]>
  size: Int8
  /** What the file must have, if the sender said so. */
  sha256: string | null
  storage_key: string
  storage_upload: string
  received: Generated<Int8>
  parts: Generated<Json>
  /** The unfinished hash of what was received, so that nothing is read twice. */
  sha256_state: Bytes | null
  blake2b_state: Bytes | null
  /** A part is being written; another one has to wait. */
  busy_until: Timestamp | null
  created_at: Timestamp
  created_by: string | null
  touched_at: Timestamp
}

/** What people may download of a product version. */
export interface Releases {
  id: string
  product_version_id: string
  state: Generated<'staged' | 'published' | 'withdrawn'>
  /** Release notes in Markdown; made safe when they are shown. */
  notes: Generated<string>
  terms_id: string | null
  /** SHA-256 of each published file, as sha256sum reads it; byte for byte as signed. */
  manifest: string | null
  manifest_signature: string | null
  key_id: string | null
  revision: Generated<number>
  created_at: Timestamp
  created_by: string | null
  published_at: Timestamp | null
  withdrawn_at: Timestamp | null
  withdrawn_reason: string | null
}

/** Which reminders were sent, so that each is sent once. */
export interface Reminders {
  organization_id: string
  license_id: string
  what: 'end' | 'maintenance'
  ends_on: string
  days: number
  sent_at: Timestamp
}

/** Files that were attached to a request or to a message about it; the bytes lie in the storage under requests/<id>. */
export interface RequestFiles {
  id: string
  /** None while it arrives; what stays so is removed after a day. */
  request_id: string | null
  message_id: string | null
  name: string
  type: string
  size: number
  uploaded_by: string
  uploaded_at: Timestamp
}

/** What customer and vendor write to each other about a request; internal ones only operators see. */
export interface RequestMessages {
  id: string
  request_id: string
  side: 'customer' | 'vendor'
  internal: Generated<boolean>
  author_id: string
  body: string
  written_at: Timestamp
}

/** A catalog address to come back to: of one user, or of all colleagues. */
export interface SavedSearches {
  id: string
  organization_id: string
  user_id: string
  name: string
  query: string
  for_all: Generated<boolean>
  created_at: Timestamp
}

export interface SchemaMigrations {
  number: number
  name: string
  checksum: string
  applied_at: Timestamp
}

/** Something that the vendor's staff must decide; details by kind. */
export interface ServiceRequests {
  id: string
  /** What people quote: SR-…. */
  number: string
  kind: 'contract_change' | 'address' | 'customer_number' | 'rehost' | 'recovery' | 'other'
  state: Generated<'open' | 'accepted' | 'refused' | 'withdrawn'>
  /** None when somebody asks who works for no organization; then only the asker sees it. */
  organization_id: string | null
  opened_by: string
  license_id: string | null
  customer_id: string | null
  details: Generated<Json>
  locale: string
  opened_at: Timestamp
  due_at: Timestamp
  assignee_id: string | null
  taken_at: Timestamp | null
  decided_at: Timestamp | null
  decided_by: string | null
  reason: string | null
  revision: Generated<number>
  /** Since when the vendor waits for an answer of the customer; meanwhile the target does not run. None = it is the vendor's turn. */
  waiting_since: Timestamp | null
}

/** Key lists signed by the vendor's offline root key, byte for byte; the newest is served. */
export interface SignedJwks {
  id: string
  root_kid: string
  content: string
  published_at: Timestamp
}

/** Keys that sign license files. The private key is encrypted (AES-256-GCM) under the key-encryption key. */
export interface SigningKeys {
  kid: string
  alg: 'EdDSA'
  public_jwk: Json
  private_key: Bytes | null
  state: 'next' | 'active' | 'retired'
  created_at: Timestamp
  activated_at: Timestamp | null
  retired_at: Timestamp | null
}

/** Versions of the license agreement and export statement, for one product or, without one, for all others. Never changed. */
export interface SoftwareTerms {
  id: string
  product_id: string | null
  number: number
  /** Markdown by language; English is always there. */
  eula: Json
  export_statement: Json
  created_at: Timestamp
  created_by: string | null
}

/** Who accepted the license agreement and export statement, for whom, once per version. */
export interface SoftwareTermsAcceptances {
  release_id: string
  organization_id: string
  user_id: string
  terms_id: string
  locale: string
  accepted_at: Timestamp
  address: string | null
}

/** Registrations that colleagues were told about, so that each is told once. */
export interface ToldRegistrations {
  registration_id: string
  organization_id: string
  told_at: Timestamp
}

/** What a user's authenticator app knows; encrypted. Asked for at sign-in once confirmed. */
export interface TotpSecrets {
  user_id: string
  secret: string
  created_at: Timestamp
  confirmed_at: Timestamp | null
  /** The half minute of the code used last: no code of it or before is taken again. */
  last_step: Generated<Int8>
}

/** The upgrade that a registration draft is about. */
export interface UpgradeDrafts {
  draft_id: string
  notification_id: string
  path_id: string
}

/** To whom a notification was sent. What became of the mail is with the mail, while it is kept. */
export interface UpgradeNotificationMails {
  notification_id: string
  mail_id: string
  email: string
  recipient: 'administrator' | 'technical_contact' | 'order_contact' | 'other'
  queued_at: Timestamp
}

/** Organizations that proved to hold a notification: by its ID, or by an order number of the customer. */
export interface UpgradeNotificationReaders {
  notification_id: string
  organization_id: string
  opened_at: Timestamp
  opened_by: string
}

/** The Upgrade Notification of a campaign for a customer. Its ID follows from this id and a key outside the database; here is its SHA-256. */
export interface UpgradeNotifications {
  id: string
  campaign_id: string
  customer_id: string
  id_hash: Bytes
  created_at: Timestamp
  expires_at: Timestamp
}

/** Which licenses a draft upgrades, how much of each, and the serial number that the new license will have. */
export interface UpgradeSelections {
  draft_id: string
  serial: string
  license_id: string
  new_license_id: string
  quantity: number
}

/** A license, or part of it, became one of a new version. */
export interface Upgrades {
  id: string
  path_id: string
  notification_id: string
  old_license_id: string
  new_license_id: string
  organization_id: string
  registration_id: string
  quantity: number
  upgraded_at: Timestamp
  upgraded_by: string
  /** The last day on which the old keys work, in the vendor's time zone. */
  overlap_ends_on: string
  settled_at: Timestamp | null
  /** What was superseded when the overlap ended: the old license, or the part split off from it. */
  settled_license_id: string | null
}

/** Up to 30 fields per organization that stand on each of its licenses. A deleted one keeps its values, to be brought back. */
export interface UserDefinedFields {
  id: string
  organization_id: string
  name: string
  type: 'text' | 'number' | 'date' | 'choice' | 'yes_no'
  choices: Generated<string[]>
  required: Generated<boolean>
  in_catalog: Generated<boolean>
  searchable: Generated<boolean>
  /** Shown to those with whom licenses are shared. */
  shared: Generated<boolean>
  position: number
  revision: Generated<number>
  created_at: Timestamp
  deleted_at: Timestamp | null
}

export interface DB {
  'auth.account': AuthAccount
  'auth.passkey': AuthPasskey
  'auth.session': AuthSession
  'auth.user': AuthUser
  'auth.verification': AuthVerification
  'jobs.bam': JobsBam
  'jobs.job': JobsJob
  'jobs.job_dependency': JobsJobDependency
  'jobs.queue': JobsQueue
  'jobs.queue_stats': JobsQueueStats
  'jobs.schedule': JobsSchedule
  'jobs.subscription': JobsSubscription
  'jobs.version': JobsVersion
  'jobs.warning': JobsWarning
  access_requests: AccessRequests
  acting_sessions: ActingSessions
  addresses: Addresses
  agreement_acceptances: AgreementAcceptances
  agreement_texts: AgreementTexts
  agreements: Agreements
  backup_codes: BackupCodes
  bulk_action_rows: BulkActionRows
  bulk_actions: BulkActions
  calendar_feeds: CalendarFeeds
  campaign_paths: CampaignPaths
  campaigns: Campaigns
  canned_answers: CannedAnswers
  catalog_columns: CatalogColumns
  customer_associations: CustomerAssociations
  customers: Customers
  delegation_requests: DelegationRequests
  downloads: Downloads
  email_changes: EmailChanges
  events: Events
  history_checkpoints: HistoryCheckpoints
  history_heads: HistoryHeads
  invitations: Invitations
  key_handovers: KeyHandovers
  license_bookmarks: LicenseBookmarks
  license_comments: LicenseComments
  license_field_values: LicenseFieldValues
  license_grant_customers: LicenseGrantCustomers
  license_grant_licenses: LicenseGrantLicenses
  license_grants: LicenseGrants
  license_keys: LicenseKeys
  license_statistics: LicenseStatistics
  license_tags: LicenseTags
  license_texts: LicenseTexts
  licenses: Licenses
  mails: Mails
  memberships: Memberships
  notification_opt_outs: NotificationOptOuts
  notification_preferences: NotificationPreferences
  operators: Operators
  order_lines: OrderLines
  orders: Orders
  organization_domains: OrganizationDomains
  organizations: Organizations
  ownership_transfer_licenses: OwnershipTransferLicenses
  ownership_transfers: OwnershipTransfers
  pool_keys: PoolKeys
  product_versions: ProductVersions
  products: Products
  rate_limits: RateLimits
  recoveries: Recoveries
  registration_draft_serials: RegistrationDraftSerials
  registration_drafts: RegistrationDrafts
  registrations: Registrations
  rehosts: Rehosts
  release_files: ReleaseFiles
  release_keys: ReleaseKeys
  release_notices: ReleaseNotices
  release_subscriptions: ReleaseSubscriptions
  release_uploads: ReleaseUploads
  releases: Releases
  reminders: Reminders
  request_files: RequestFiles
  request_messages: RequestMessages
  saved_searches: SavedSearches
  schema_migrations: SchemaMigrations
  service_requests: ServiceRequests
  signed_jwks: SignedJwks
  signing_keys: SigningKeys
  software_terms: SoftwareTerms
  software_terms_acceptances: SoftwareTermsAcceptances
  told_registrations: ToldRegistrations
  totp_secrets: TotpSecrets
  upgrade_drafts: UpgradeDrafts
  upgrade_notification_mails: UpgradeNotificationMails
  upgrade_notification_readers: UpgradeNotificationReaders
  upgrade_notifications: UpgradeNotifications
  upgrade_selections: UpgradeSelections
  upgrades: Upgrades
  user_defined_fields: UserDefinedFields
}
