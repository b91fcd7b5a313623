import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { checkHostId, HOST_TYPES, type HostType, isSameHost } from './index.ts'

const accepted: [HostType, string, string][] = [
  ['mac', '00:1A:2B:3C:4D:5E', '00:1a:2b:3c:4d:5e'],
  ['mac', '00-1a-2b-3c-4d-5e', '00:1a:2b:3c:4d:5e'],
  ['mac', '001a.2b3c.4d5e', '00:1a:2b:3c:4d:5e'],
  ['mac', ' 001A2B3C4D5E ', '00:1a:2b:3c:4d:5e'],
  ['hostname', 'Build-07.Example.COM.', 'build-07.example.com'],
  ['hostname', 'WIN_SRV01', 'win_srv01'],
  ['ip', '192.168.0.10', '192.168.0.10'],
  ['ip', '2001:DB8:0:0:0:0:0:1', '2001:db8::1'],
  ['uuid', '{4C4C4544-0042-3510-8052-B4C04F4A4E31}', '4c4c4544-0042-3510-8052-b4c04f4a4e31'],
  ['uuid', '4C4C454400423510 8052B4C04F4A4E31'.replace(' ', ''), '4c4c4544-0042-3510-8052-b4c04f4a4e31'],
  ['machine_id', '8F3A5C0D9E1B4A7D8C6F2E0B1A9D3C5E', '8f3a5c0d9e1b4a7d8c6f2e0b1a9d3c5e'],
  ['volume', '1a2b3c4d', '1A2B-3C4D'],
  ['dongle', 'hl-00417731', 'HL-00417731'],
]

const refused: [HostType, string, 'form' | 'placeholder'][] = [
  ['mac', '00:1A:2B:3C:4D', 'form'],
  ['mac', '00:1A-2B:3C:4D:5E', 'form'],
  ['mac', '00:1G:2B:3C:4D:5E', 'form'],
  ['mac', '00:00:00:00:00:00', 'placeholder'],
  ['mac', 'FF:FF:FF:FF:FF:FF', 'placeholder'],
  ['mac', '01:00:5e:00:00:01', 'placeholder'],
  ['hostname', 'my server', 'form'],
  ['hostname', '-a', 'form'],
  ['hostname', 'a..b', 'form'],
  ['hostname', `${'a'.repeat(64)}.com`, 'form'],
  ['hostname', 'café', 'form'],
  ['hostname', '10.0.0.1', 'form'],
  ['hostname', 'localhost', 'placeholder'],
  ['ip', '256.1.1.1', 'form'],
  ['ip', '1.2.3', 'form'],
  ['ip', '1.2.3.4.', 'form'],
  ['ip', '010.1.1.1', 'form'],
  ['ip', 'fe80::1%eth0', 'form'],
  ['ip', '1::2::3', 'form'],
  ['ip', '127.0.0.1', 'placeholder'],
  ['ip', '::1', 'placeholder'],
  ['uuid', '4c4c4544-0042-3510-8052', 'form'],
  ['uuid', '{4c4c4544-0042-3510-8052-b4c04f4a4e31', 'form'],
  ['uuid', '00000000-0000-0000-0000-000000000000', 'placeholder'],
  ['uuid', 'ffffffff-ffff-ffff-ffff-ffffffffffff', 'placeholder'],
  ['machine_id', '8f3a', 'form'],
  ['volume', '1A2B-3C4', 'form'],
  ['volume', '0000-0000', 'placeholder'],
  ['dongle', 'A', 'form'],
  ['dongle', 'A;B-0001', 'form'],
  ['dongle', '0000-0000', 'placeholder'],
]

for (const [type, typed, id] of accepted) {
  test(`host id ${type} "${typed}" is written ${id}`, () => {
    assert.deepEqual(checkHostId(type, typed), { ok: true, id })
  })
}

for (const [type, typed, reason] of refused) {
  test(`host id ${type} "${typed.slice(0, 40)}" is refused: ${reason}`, () => {
    assert.deepEqual(checkHostId(type, typed), { ok: false, reason })
  })
}

for (const type of HOST_TYPES) {
  test(`host id ${type}: empty and huge texts are refused, the written form stays as it is`, () => {
    assert.deepEqual(checkHostId(type, '   '), { ok: false, reason: 'form' })
    assert.deepEqual(checkHostId(type, 'a'.repeat(1_000_000)), { ok: false, reason: 'form' })
    const like = fc.oneof(fc.string(), fc.stringMatching(/^[0-9a-fA-F:.{}-]{0,45}$/))
    fc.assert(
      fc.property(like, (typed) => {
        const check = checkHostId(type, typed)
        if (check.ok) assert.deepEqual(checkHostId(type, check.id), check)
      }),
    )
  })
}

test('two hosts are the same however their ids are written, and types of the vendor are compared as they are', () => {
  assert.ok(isSameHost({ type: 'mac', id: '00-1A-2B-3C-4D-5E' }, { type: 'mac', id: '001a2b3c4d5e' }))
  assert.ok(!isSameHost({ type: 'mac', id: '001a2b3c4d5e' }, { type: 'dongle', id: '001a2b3c4d5e' }))
  assert.ok(isSameHost({ type: 'tpm', id: 'Ab' }, { type: 'tpm', id: 'Ab' }))
  assert.ok(!isSameHost({ type: 'tpm', id: 'Ab' }, { type: 'tpm', id: 'ab' }))
})
