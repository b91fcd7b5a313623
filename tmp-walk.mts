import { launchBrowser } from './test/browser.ts'
const base = process.env.BASE ?? 'http://localhost:3050'
const b = await launchBrowser()
const ctx = await b.newContext({ viewport: { width: 1280, height: 900 } })
const p = await ctx.newPage()
const shot = async (n: string) => { await p.screenshot({ path: `/tmp/shots/${n}.png`, fullPage: true }); console.log(n, p.url(), await p.title()) }
await p.goto(base + '/login'); await p.fill('[name=email]', 'magnus@halden.example'); await p.fill('[name=password]', 'ferry-lantern-42'); await p.keyboard.press('Enter'); await p.waitForURL(base + '/')
await shot('u01-home')
await p.click('nav >> text=Version Upgrade'); await shot('u02-start')
await p.fill('[name=id]', 'ABCD-EFGH-2345-6789-ABCD'); await p.click('button:has-text("View Upgrades")'); await shot('u03-wrong')
await p.click('main a[href="/version-upgrade/help"]'); await shot('u04-help')
await p.locator('a.btn:has-text("View Upgrades")').first().click(); await shot('u05-products')
const why = p.locator('a:has-text("Why not"), a:has-text("Upgraded licenses")').first()
if (await why.count()) { await why.click(); await shot('u06-why'); await p.goBack() }
await p.locator('button:has-text("Upgrade")').first().click(); await p.waitForLoadState(); await shot('u07-selection')
await p.locator('input[name=license]').first().check()
const q = p.locator('input[name^="quantity."]').first(); console.log('q', await q.inputValue())
await q.fill('99999'); await p.locator('button:has-text("Upgrade")').last().click(); await p.waitForLoadState(); await shot('u08-refused')
await q.fill('1'); await p.locator('button[name=action][value=next]').click(); await p.waitForLoadState(); await shot('u09-verify')
if (p.url().includes('registration')) { await p.click('button:has-text("Next")'); await p.waitForLoadState(); await shot('u09b') }
await p.locator('a:has-text("Edit")').nth(1).click(); await p.waitForLoadState(); await shot('u10-details')
await p.goBack()
await p.click('button:has-text("Complete Registration")'); await p.waitForLoadState(); await shot('u11-confirmation')
await p.goto(base + '/licenses'); await shot('u12-catalog')
await p.goto(base + '/version-upgrade'); await shot('u13-start-again')
await b.close()
