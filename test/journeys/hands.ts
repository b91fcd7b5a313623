/** Ways to use a page. Each finds things by role and label only; what they do is the same. */
import assert from 'node:assert/strict'
import type { Locator, Page } from 'playwright-core'

export type Hands = {
  press(target: Locator): Promise<void>
  type(target: Locator, text: string): Promise<void>
  /** Chooses an entry of a list by its text. */
  choose(target: Locator, text: string): Promise<void>
  tick(target: Locator): Promise<void>
  /** Reads a text that scrolls to its end. */
  readToEnd(region: Locator, unlocked: Locator): Promise<void>
}

/** A mouse, or a finger where the screen feels touch; also without script. */
export function mouse(page: Page): Hands {
  return {
    press: (target) => target.click(),
    type: (target, text) => target.fill(text),
    choose: async (target, text) => void (await target.selectOption({ label: text })),
    tick: (target) => target.check(),
    async readToEnd(region, unlocked) {
      await region.hover()
      for (let turns = 0; turns < 30 && (await unlocked.isDisabled()); turns++) {
        await page.mouse.wheel(0, 4000)
        await page.waitForTimeout(50)
      }
    },
  }
}

/** Tab, Enter, Space and the letters; wherever the focus comes, it is seen. */
export function keyboard(page: Page): Hands {
  const goTo = (target: Locator) => tabTo(page, target)
  return {
    async press(target) {
      await goTo(target)
      await page.keyboard.press('Enter')
    },
    async type(target, text) {
      await goTo(target)
      // Coming by Tab selects what stands in a field; several lines have to be selected.
      if (text.includes('\n')) await page.keyboard.insertText(text)
      else await page.keyboard.type(text)
    },
    async choose(target, text) {
      await goTo(target)
      await page.keyboard.type(text)
      const chosen = await target.evaluate((list: HTMLSelectElement) => list.selectedOptions[0]?.text)
      assert.equal(chosen, text)
    },
    async tick(target) {
      if ((await target.getAttribute('type')) === 'radio') return chooseRadio(page, target)
      await goTo(target)
      if (!(await target.isChecked())) await page.keyboard.press('Space')
      assert.equal(await target.isChecked(), true)
    },
    async readToEnd(region, unlocked) {
      await goTo(region)
      for (let pages = 0; pages < 60 && (await unlocked.isDisabled()); pages++) {
        await page.keyboard.press('Space')
        await page.waitForTimeout(80)
      }
    },
  }
}

/** Tab comes to the chosen one of a group; the arrows choose another. */
async function chooseRadio(page: Page, target: Locator): Promise<void> {
  const name = await target.getAttribute('name')
  await tabTo(page, page.locator(`input[type=radio][name="${name}"]:checked`))
  for (let presses = 0; presses < 20 && !(await target.isChecked()); presses++) await page.keyboard.press('ArrowUp')
  assert.equal(await target.isChecked(), true)
}

/** Presses Tab until the focus is on the target. */
async function tabTo(page: Page, target: Locator): Promise<void> {
  await target.waitFor()
  for (let presses = 0; presses < 250; presses++) {
    if (await target.evaluate((element) => element.ownerDocument.activeElement === element)) return mustBeSeen(target)
    await page.keyboard.press('Tab')
  }
  throw new Error(`Tab never reaches ${target}`)
}

/** A ring or shadow around what has the focus, and nothing over it (WCAG 2.4.7, 2.4.11), as soon as it is drawn. */
async function mustBeSeen(target: Locator): Promise<void> {
  const wanted = { rings: true, uncovered: true }
  let seen = await lookAt(target)
  for (let looks = 0; looks < 20 && !(seen.rings && seen.uncovered); looks++) {
    await target.page().waitForTimeout(50)
    seen = await lookAt(target)
  }
  assert.deepEqual(seen, wanted, `the focus on ${target}`)
}

function lookAt(target: Locator): Promise<{ rings: boolean; uncovered: boolean }> {
  return target.evaluate((element) => {
    const style = (of: Element) => getComputedStyle(of)
    const rings = [element, element.parentElement!].some(
      (each) =>
        (style(each).outlineStyle !== 'none' && Number.parseFloat(style(each).outlineWidth) > 0) ||
        style(each).boxShadow !== 'none',
    )
    const { left, top, width, height } = element.getBoundingClientRect()
    const onTop = document.elementFromPoint(left + Math.min(width / 2, 40), top + Math.min(height / 2, 40))
    return { rings, uncovered: onTop !== null && (element.contains(onTop) || onTop.contains(element)) }
  })
}
