/** The script of the doctor's page: shows what `diagnose` finds, in texts that the server put into the page. */
import type { Jwks, License } from '@keyport/license'
import { type Diagnosis, diagnose, type Lists } from './diagnose.ts'
import { factsOf, type Words } from './facts.ts'

const page = document.querySelector<HTMLElement>('[data-doctor]')!
const form = page.querySelector('form')!
const files = page.querySelector<HTMLInputElement>('[data-field=file]')!
const pasted = page.querySelector<HTMLTextAreaElement>('[data-field=text]')!
const host = page.querySelector<HTMLInputElement>('[data-field=host]')!
const results = page.querySelector<HTMLElement>('[data-results]')!
const MOST_FILES = 20

/** A copy of one of the page's templates. */
function template(name: string): DocumentFragment {
  const found = page.querySelector<HTMLTemplateElement>(`template[data-template="${CSS.escape(name)}"]`)!
  return found.content.cloneNode(true) as DocumentFragment
}

const words: Words = {
  locale: document.documentElement.lang,
  word: (key) => template('words').querySelector(`[data-word="${CSS.escape(key)}"]`)?.textContent ?? undefined,
}

/** Puts values in place of `{name}`, as text; in links, encoded. */
function fill(node: Node, values: Record<string, string>): void {
  const put = (text: string, by: (value: string) => string) =>
    text.replace(/\{(\w+)\}/g, (all, name: string) => (Object.hasOwn(values, name) ? by(values[name]!) : all))
  const walker = document.createTreeWalker(node, NodeFilter.SHOW_TEXT)
  for (let text = walker.nextNode(); text; text = walker.nextNode()) text.nodeValue = put(text.nodeValue!, String)
  for (const link of (node as ParentNode).querySelectorAll('a[data-fill]')) {
    link.setAttribute('href', put(link.getAttribute('href')!, encodeURIComponent))
  }
}

async function get(url: string): Promise<Response> {
  // A file withdrawn a minute ago must not look valid because the list of before is still fresh in the browser.
  const answer = await fetch(url, { credentials: 'omit', cache: 'no-cache' })
  if (!answer.ok) throw new Error(`${url} answered ${answer.status}`)
  return answer
}

/** A long list goes on at the address that its page names. */
async function revocationLists(): Promise<string[]> {
  const lists: string[] = []
  let next: string | undefined = page.dataset.revocations
  while (next) {
    const answer = await get(next)
    lists.push(await answer.text())
    next = /<([^>]+)>;\s*rel="next"/.exec(answer.headers.get('link') ?? '')?.[1]
  }
  return lists
}

/** Each list is fetched once for all files of one check. */
function fetchedLists(): Lists {
  let [keys, revocations]: [Promise<Jwks> | undefined, Promise<string[]> | undefined] = [undefined, undefined]
  return {
    keys: () => (keys ??= get(page.dataset.jwks!).then((answer) => answer.json())),
    revocations: () => (revocations ??= revocationLists()),
  }
}

function showFacts(license: License, signed_by: readonly string[]): DocumentFragment {
  const list = template('facts')
  const facts = factsOf(license, signed_by, words)
  for (const row of list.querySelectorAll<HTMLElement>('[data-fact]')) {
    const fact = facts[row.dataset.fact!]
    if (fact) row.querySelector('dd')!.textContent = fact
    else row.remove()
  }
  fill(list, { serial: license.serial })
  return list
}

function showRepairs({ repairs, text }: Diagnosis, name: string): DocumentFragment {
  const note = template('repairs')
  for (const line of note.querySelectorAll<HTMLElement>('[data-repair]')) {
    if (!repairs.some((repair) => repair === line.dataset.repair)) line.remove()
  }
  const link = note.querySelector<HTMLAnchorElement>('a[download]')!
  link.href = URL.createObjectURL(new Blob([text], { type: 'application/octet-stream' }))
  link.download = name
  return note
}

type Source = { name: string; content: Uint8Array | string }

async function show({ name, content }: Source, lists: Lists): Promise<void> {
  const found = globalThis.crypto?.subtle
    ? await diagnose(content, lists, { at: new Date(), host_id: host.value }).catch(withoutEd25519)
    : withoutEd25519()
  const section = template('result')
  section.querySelector('h2')!.textContent = name || page.dataset.pasted!
  const body = section.querySelector('[data-body]')!
  const { license } = found
  const verdict = template(`verdict.${found.verdict}`)
  fill(verdict, { ...(license ? factsOf(license, [], words) : {}), ...momentsOf(found), typed: host.value.trim() })
  body.append(verdict)
  if (found.repairs.length > 0 && license) body.append(showRepairs(found, fileNameOf(found, name)))
  if (found.unsure) body.append(template('unsure'))
  if (license) body.append(showFacts(license, found.signed_by ?? []))
  results.append(section)
}

function fileNameOf({ text }: Diagnosis, name: string): string {
  return name.endsWith('.slf') ? name : text.startsWith('{') ? 'license.slf' : 'license-key.txt'
}

/** The library refuses bad licenses by a result; what it throws here is a browser that does not know the signatures. */
function withoutEd25519(): Diagnosis {
  return { verdict: 'no_crypto', repairs: [], text: '', unsure: false }
}

function momentsOf({ revocation, grace_until }: Diagnosis): Record<string, string> {
  const day = (seconds: number) =>
    new Intl.DateTimeFormat(words.locale, { dateStyle: 'long', timeZone: 'UTC' }).format(seconds * 1000)
  return {
    ...(revocation && { withdrawn: day(revocation.at) }),
    ...(grace_until && { grace_until: day(grace_until - 1) }),
  }
}

/** Only the newest check may show its results. */
let running = 0

async function check(sources: Source[]): Promise<void> {
  const mine = ++running
  results.setAttribute('aria-busy', 'true')
  results.replaceChildren()
  const lists = fetchedLists()
  for (const source of sources) if (mine === running) await show(source, lists)
  if (mine === running) results.removeAttribute('aria-busy')
  results.scrollIntoView({ block: 'nearest' })
}

async function checkFiles(list: FileList): Promise<void> {
  const chosen = [...list].slice(0, MOST_FILES)
  const sources = chosen.map(async (file) => ({ name: file.name, content: new Uint8Array(await file.arrayBuffer()) }))
  await check(await Promise.all(sources))
}

let last: FileList | undefined
const again = () =>
  pasted.value.trim() === '' && last?.length ? checkFiles(last) : check([{ name: '', content: pasted.value }])

form.addEventListener('submit', (event) => {
  event.preventDefault()
  void again()
})
files.addEventListener('change', () => {
  if (!files.files?.length) return
  last = files.files
  pasted.value = ''
  void checkFiles(last)
})
// Beside the box, too: a browser would leave the page and open the file.
document.addEventListener('dragover', (event) => event.preventDefault())
document.addEventListener('drop', (event) => {
  event.preventDefault()
  const { files: dropped, types } = event.dataTransfer!
  if (dropped.length > 0) {
    last = dropped
    pasted.value = ''
    void checkFiles(dropped)
  } else if (types.includes('text/plain')) {
    pasted.value = event.dataTransfer!.getData('text/plain')
    void again()
  }
})
form.hidden = false
