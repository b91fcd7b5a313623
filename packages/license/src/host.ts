import type { Host } from './claims.ts'

/** The kinds of host ids whose form is known; a vendor may use others, which are compared as they are. */
export const HOST_TYPES = ['mac', 'hostname', 'ip', 'uuid', 'machine_id', 'volume', 'dongle'] as const
export type HostType = (typeof HOST_TYPES)[number]

/** `form`: not of the type's form. `placeholder`: a value that many computers share, such as an all-zero UUID. */
export type HostIdCheck = { ok: true; id: string } | { ok: false; reason: 'form' | 'placeholder' }

const MAX_LENGTH = 253

const readers: Record<HostType, (id: string) => HostIdCheck> = {
  mac: readMac,
  hostname: readHostname,
  ip: readIp,
  uuid: readUuid,
  machine_id: readMachineId,
  volume: readVolume,
  dongle: readDongle,
}

export function isHostType(type: string): type is HostType {
  return (HOST_TYPES as readonly string[]).includes(type)
}

/** A host id as it is written in licenses, from any usual way of writing it: `00-1A-2B-…` becomes `00:1a:2b:…`. */
export function checkHostId(type: HostType, typed: string): HostIdCheck {
  if (typed.length > 1_000) return form
  const id = typed.trim()
  return id === '' || id.length > MAX_LENGTH ? form : readers[type](id)
}

/** Whether two hosts are the same one, however their ids are written. */
export function isSameHost(a: Host, b: Host): boolean {
  return a.type === b.type && (a.id === b.id || normalised(a) === normalised(b))
}

function normalised({ type, id }: Host): string {
  if (!isHostType(type)) return id
  const check = checkHostId(type, id)
  return check.ok ? check.id : id
}

const form: HostIdCheck = { ok: false, reason: 'form' }
const placeholder: HostIdCheck = { ok: false, reason: 'placeholder' }

/** EUI-48: six pairs with `:` or `-`, three groups of four with `.` (Cisco), or twelve digits. */
function readMac(id: string): HostIdCheck {
  if (!/^(?:[\da-f]{2}([:-]))(?:[\da-f]{2}\1){4}[\da-f]{2}$|^[\da-f]{4}(?:\.[\da-f]{4}){2}$|^[\da-f]{12}$/i.test(id)) {
    return form
  }
  const digits = id.toLowerCase().replace(/[^\da-f]/g, '')
  const is_group_address = (Number.parseInt(digits.slice(0, 2), 16) & 1) === 1
  if (is_group_address || /^0+$/.test(digits)) return placeholder
  return { ok: true, id: digits.match(/../g)!.join(':') }
}

/** RFC 1123, with the underscore that Windows allows; the final dot of an absolute name is dropped. */
function readHostname(id: string): HostIdCheck {
  const name = id.toLowerCase().replace(/\.$/, '')
  const labels = name.split('.')
  if (!labels.every((label) => /^[a-z\d_](?:[a-z\d_-]{0,61}[a-z\d_])?$/.test(label))) return form
  if (/^\d+$/.test(labels.at(-1)!) && labels.length > 1) return form
  return ['localhost', 'localhost.localdomain'].includes(name) ? placeholder : { ok: true, id: name }
}

/** IPv4 in four decimal parts, or IPv6 in the form of RFC 5952. */
function readIp(id: string): HostIdCheck {
  if (/^(?:(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)(?:\.(?!$)|$)){4}$/.test(id)) {
    return id === '0.0.0.0' || id.startsWith('127.') ? placeholder : { ok: true, id }
  }
  if (!/^[\da-f:.]+$/i.test(id) || !URL.canParse(`http://[${id}]/`)) return form
  const canonical = new URL(`http://[${id}]/`).hostname.slice(1, -1)
  return canonical === '::' || canonical === '::1' ? placeholder : { ok: true, id: canonical }
}

/** With or without dashes and braces; the all-zero and all-one values of unset firmware are refused. */
function readUuid(id: string): HostIdCheck {
  const parts = /^\{?([\da-f]{8})-?([\da-f]{4})-?([\da-f]{4})-?([\da-f]{4})-?([\da-f]{12})\}?$/i.exec(id)
  if (!parts || id.startsWith('{') !== id.endsWith('}')) return form
  const uuid = parts.slice(1).join('-').toLowerCase()
  return /^(?:[0-]+|[f-]+)$/.test(uuid) ? placeholder : { ok: true, id: uuid }
}

/** The 32 hexadecimal digits of /etc/machine-id. */
function readMachineId(id: string): HostIdCheck {
  if (!/^[\da-f]{32}$/i.test(id)) return form
  return /^(?:0+|f+)$/i.test(id) ? placeholder : { ok: true, id: id.toLowerCase() }
}

/** A Windows volume serial number: `1A2B-3C4D`. */
function readVolume(id: string): HostIdCheck {
  if (!/^[\da-f]{4}-?[\da-f]{4}$/i.test(id)) return form
  const digits = id.toUpperCase().replace('-', '')
  return /^(?:0+|F+)$/.test(digits) ? placeholder : { ok: true, id: `${digits.slice(0, 4)}-${digits.slice(4)}` }
}

/** The number printed on a hardware key. */
function readDongle(id: string): HostIdCheck {
  const number = id.toUpperCase()
  if (!/^[\dA-Z](?:[\dA-Z-]{2,30})[\dA-Z]$/.test(number)) return form
  return /^[0-]+$/.test(number) ? placeholder : { ok: true, id: number }
}
