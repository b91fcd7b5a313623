import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { anAccount, openPortal, signedIn } from '../../test/portal.ts'
import { Visitor } from '../../test/visitor.ts'
import { locales } from '../platform/i18n.ts'
import { projectRoot } from '../platform/root.ts'
import { helpTopics, urls } from '../urls.ts'
import { listedTopics } from './pages/index-page.tsx'
import { hrefOf } from './pages/topic-page.tsx'
import { type Block, parseTopic, piecesOf, readTopic, type Topic } from './read-topic.ts'

test('every help page exists in every language, and no other file lies beside them', () => {
  for (const locale of locales) {
    const files = readdirSync(join(projectRoot, 'src/help/topics', locale)).sort()
    assert.deepEqual(files, helpTopics.map((topic) => `${topic}.md`).sort(), locale)
  }
  assert.deepEqual([...listedTopics].sort(), [...helpTopics].sort(), 'the index lists each once')
})

test('a help page has the same sections, links, code and names in every language', () => {
  for (const topic of helpTopics) {
    const source = outlineOf(readTopic('en', topic))
    for (const locale of locales) assert.deepEqual(outlineOf(readTopic(locale, topic)), source, `${locale} ${topic}`)
  }
})

test('every link of a help page leads to a help page or to a page of the portal', () => {
  for (const topic of helpTopics) for (const link of outlineOf(readTopic('en', topic)).links) hrefOf(link)
  for (const odd of ['javascript:alert(1)', 'https://elsewhere.example', 'help:nothing', 'page:constructor', '/x']) {
    assert.throws(() => hrefOf(odd), /links to/)
  }
})

test('the OpenSSL recipe is the one that the license library tests', () => {
  const readme = readFileSync(join(projectRoot, 'packages/license/README.md'), 'utf8')
  const recipe = codeOf(readTopic('en', 'license-files')).find((code) => code.includes('pkeyutl'))
  const lines = (text: string) => text.split('\n').map((line) => line.replace(/\s+#.*$/, '').trim())
  const known = new Set(lines(readme))
  for (const line of lines(recipe ?? 'none')) assert.ok(known.has(line), line)
})

test('marks in a line become pieces; everything else stays text', () => {
  assert.deepEqual(piecesOf('a **b** _c_ `d_` [e](help:roles) <i> x_y_z'), [
    { kind: 'text', text: 'a ' },
    { kind: 'strong', text: 'b' },
    { kind: 'text', text: ' ' },
    { kind: 'em', text: 'c' },
    { kind: 'text', text: ' ' },
    { kind: 'code', text: 'd_' },
    { kind: 'text', text: ' ' },
    { kind: 'link', text: 'e', to: 'help:roles' },
    { kind: 'text', text: ' <i> x_y_z' },
  ])
  assert.throws(() => parseTopic('# T\n\nLead\n\n## No id\n', 'x.md'), /no heading/)
  assert.throws(() => parseTopic('Lead\n', 'x.md'), /must begin/)
})

test('GET /help and every GET /help/:topic answer anonymous and signed-in readers in their language', async (t) => {
  const portal = await openPortal(t)
  await anAccount(portal, 'ann@acme.example')
  const inside = await signedIn(portal, 'ann@acme.example')
  for (const locale of locales) {
    const outside = new Visitor(portal.app, { 'accept-language': locale })
    for (const visitor of [outside, inside]) {
      if (visitor === inside) await visitor.post(urls.preferences.locale.to(), { locale, back: '/help' })
      const index = await visitor.get(urls.help.index.to())
      assert.equal(index.status, 200)
      for (const topic of helpTopics) {
        const path = urls.help.topic.to({ topic })
        assert.ok(index.html.includes(`href="${path}"`), `${locale}: the index leads to ${topic}`)
        const { status, html } = await visitor.get(path)
        assert.equal(status, 200, path)
        assert.ok(html.includes(`<html lang="${locale}"`))
        assert.doesNotMatch(html, /\{(vendor|support_email|base_url)\}|\*\*|\]\(| _[A-Z]/, path)
        assert.equal(html.includes(urls.accounts.signOut.to()), visitor === inside, 'navigation is for those inside')
      }
    }
  }
})

test('GET /help/:topic answers 404 for a page that does not exist', async (t) => {
  const { app } = await openPortal(t)
  for (const topic of ['nothing', '../topics/en/roles', 'roles.md', 'constructor', '\0', 'a'.repeat(5000)]) {
    const answer = await new Visitor(app).get(urls.help.topic.to({ topic }))
    assert.equal(answer.status, 404, topic.slice(0, 30))
  }
})

function outlineOf({ lead, blocks }: Topic) {
  const lines = [lead, ...blocks.flatMap(linesOf)]
  const pieces = lines.flatMap(piecesOf)
  return {
    shape: blocks.map((block) => {
      if (block.kind === 'heading') return `heading ${block.id}`
      return block.kind === 'list' ? `${block.numbered ? 'steps' : 'list'} of ${block.items.length}` : block.kind
    }),
    links: pieces.flatMap((piece) => (piece.kind === 'link' ? [piece.to] : [])),
    code: [...codeOf({ blocks }), ...pieces.flatMap((piece) => (piece.kind === 'code' ? [piece.text] : []))],
    names: lines.flatMap((line) => line.match(/\{\w+\}/g) ?? []).sort(),
    strong: pieces.filter(({ kind }) => kind === 'strong').length,
  }
}

function linesOf(block: Block): string[] {
  if (block.kind === 'list') return block.items
  return block.kind === 'paragraph' ? [block.text] : []
}

function codeOf({ blocks }: Pick<Topic, 'blocks'>): string[] {
  return blocks.flatMap((block) => (block.kind === 'code' ? [block.text] : []))
}
