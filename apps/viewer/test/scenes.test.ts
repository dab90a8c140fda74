import { readFile } from 'node:fs/promises'
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { scenes } from '../src/scenes/explorer.js'
import { modelName } from '../src/scenes/model-names.js'
import { axe } from './axe.js'
import { inBrowser } from './in-browser.js'

/** Waits until the networks that come with the page have answered. */
async function labeled(page: Page): Promise<void> {
  await page.locator('.train-bar', { hasText: /seed 1 come with the page/ }).waitFor()
  await page.locator('.labels .label').first().waitFor()
}

const accuracies = async (page: Page) =>
  (await page.locator('.labels tfoot tr').last().innerText()).match(/\d+\.\d(?= %)/g)?.map(Number)

const labelsOf = (page: Page, column: number) =>
  page.locator(`.labels tbody tr td:nth-of-type(${column}) .name`).allInnerTexts()

const spare = (page: Page) => page.evaluate(() => document.documentElement.scrollWidth - innerWidth)

inBrowser('scenes', ({ visit, site }) => {
  test('opens with the labels of trained networks; training takes their place, Stop keeps them', async () => {
    site().served.clear()
    const served = (name: RegExp) => [...site().served.keys()].some((each) => name.test(each))
    await visit(async ({ page, go }) => {
      await go('#/')
      await page.waitForLoadState('networkidle')
      expect([served(/scenes-view/), served(/safetensors/)]).toEqual([false, false])
      await page.getByRole('main').getByRole('link', { name: scenes.title }).click()
      await page.locator('.drawing svg').waitFor()
      await labeled(page)
      expect([served(/scenes-view/), served(/safetensors/), served(/figure/)]).toEqual([
        true,
        true,
        false,
      ])
      await expect
        .poll(() => page.locator('figcaption').innerText())
        .toContain('invariant network, 7 of 7 correct')
      const shipped = (await accuracies(page)) ?? []
      expect(shipped).toHaveLength(2)

      const train = page.getByRole('button', { name: 'Train', exact: true })
      await train.click()
      await page.locator('.training-progress', { hasText: 'step' }).waitFor()
      const ended = Promise.all(page.workers().map((worker) => worker.waitForEvent('close')))
      await page.getByRole('button', { name: 'Stop' }).click()
      await train.waitFor()
      await ended
      const status = page.locator('.train-bar [role=status]')
      expect(await status.innerText()).toMatch(/^Stopped\. Networks .* come with the page/)
      expect(await page.locator('.labels .label').count()).toBe(14)

      // networks trained here are those of the file, up to its rounding
      await train.click()
      await expect
        .poll(() => status.innerText(), { timeout: 240_000 })
        .toMatch(/^Networks trained on 800 scenes, seed 1, in \d/)
      const trained = (await accuracies(page)) ?? []
      shipped.forEach((accuracy, i) => {
        expect(Math.abs(accuracy - (trained[i] ?? NaN))).toBeLessThan(0.5)
      })
    })
  })

  test('an object is dragged, moved by keys and deleted, and the labels follow', async () => {
    await visit(async ({ page, go }) => {
      await go('#/scenes?scene=2')
      await labeled(page)
      const edits = () => page.locator('#param-edit').inputValue()
      const relations = () => page.locator('.relations li').allInnerTexts()
      const before = await relations()
      const frame = page.locator('.frame').last()
      const box = await frame.boundingBox()
      if (!box) throw new Error('no object')
      await page.mouse.move(box.x + box.width - 4, box.y + 4)
      await page.mouse.down()
      await page.mouse.move(box.x + box.width + 56, box.y + 4)
      // the picture follows before the object is let go
      await expect
        .poll(async () => Math.round(((await frame.boundingBox())?.x ?? NaN) - box.x))
        .toBeGreaterThan(50)
      const address = new URL(page.url()).hash
      await page.mouse.move(4, box.y + 4)
      await page.mouse.up()
      // it stays inside the image
      await expect.poll(edits).toMatch(/^2:\d+,0,\d+$/)
      expect(new URL(page.url()).hash).not.toBe(address)
      // a drag is no click
      expect(await page.locator('#param-look').inputValue()).toBe('0')
      await expect.poll(relations).not.toEqual(before)

      const moved = await edits()
      const [, object = '', y = ''] = /^2:(\d+),0,(\d+)$/.exec(moved) ?? []
      const tag = page.locator('.tag').nth(Number(object) - 1)
      await tag.focus()
      await page.keyboard.press('ArrowRight')
      await page.keyboard.press('Shift+ArrowRight')
      await expect.poll(edits).toBe(`2:${object},11,${y}`)
      expect(await axe(page)).toEqual([])

      const names = () => page.locator('.labels tbody tr').count()
      expect(await names()).toBe(7)
      await tag.press('Delete')
      await expect.poll(names).toBe(6)
      await expect.poll(() => page.locator('.labels .label').count()).toBe(12)
      await expect.poll(edits).toBe(`2:${object}`)
      await page.locator('.tag').first().focus()
      await page.getByRole('button', { name: 'delete object 1' }).click()
      await expect.poll(names).toBe(5)
      await page.getByRole('button', { name: 'Shuffle the objects' }).click()
      await expect.poll(() => page.locator('.order').innerText()).not.toContain(` ${object},`)
      await expect
        .poll(() => page.locator('.shuffled [data-model=joint]').innerText())
        .toContain('unchanged')
      // another scene is as it was made, and Back brings the changes
      const changed = await edits()
      await page.getByRole('button', { name: 'restore the scene' }).click()
      await expect.poll(names).toBe(7)
      await page.goBack()
      await expect.poll(edits).toBe(changed)
      await expect.poll(names).toBe(5)
      await page.locator('#param-scene').fill('3')
      await expect.poll(() => page.locator('figcaption').innerText()).toContain('-3, ')
      expect(await page.getByRole('button', { name: 'restore the scene' }).count()).toBe(0)
    })
  })

  test('a link restores scene, labels, order and seed; back undoes a shuffle', async () => {
    await visit(async ({ page, go }) => {
      await go('#/scenes?scene=37&labels=alone&look=2&seed=9')
      await page.reload()
      await labeled(page)
      const values = () =>
        Promise.all(
          ['scene', 'labels', 'look', 'shuffle'].map((name) =>
            page.locator(`#param-${name}`).inputValue(),
          ),
        )
      expect(await values()).toEqual(['37', 'alone', '2', '0'])
      expect(await page.locator('figcaption').innerText()).toContain('-37, ')
      const names = () => page.locator('.tag').allTextContents()
      const before = await names()
      await page.getByRole('button', { name: 'Shuffle the objects' }).click()
      await page.locator('.order').waitFor()
      const hash = new URL(page.url()).hash
      expect(hash).toMatch(/^#\/scenes\?scene=37&labels=alone&look=\d+&shuffle=1&seed=9$/)
      expect(await names()).not.toEqual(before)
      const unnumbered = (all: string[]) => all.map((name) => name.replace(/^\d+/, '')).sort()
      await expect.poll(async () => unnumbered(await names())).toEqual(unnumbered(before))
      // the object that was looked at is the same one
      const [, , look = ''] = await values()
      const named = async (at: string) => (await names())[Number(at) - 1]?.replace(/^\d+/, '')
      expect(await named(look)).toBe(before[1]?.replace(/^\d+/, ''))
      await page.goBack()
      await expect.poll(values).toEqual(['37', 'alone', '2', '0'])
      await expect.poll(names).toEqual(before)
      // Escape in a field belongs to the field; anywhere else it lets go of the object
      await page.locator('#seed').press('Escape')
      expect(await values()).toEqual(['37', 'alone', '2', '0'])
      await page.getByRole('button', { name: 'Shuffle the objects' }).press('Escape')
      await expect.poll(values).toEqual(['37', 'alone', '0', '0'])
    })
  })

  test('an address that cannot be followed gives a readable message', async () => {
    await visit(async ({ page, go }) => {
      for (const [hash, message] of [
        ['#/scenes?scene=0', 'parameter scene: expected a whole number in [1, 400]'],
        ['#/scenes?labels=nobody', 'parameter labels'],
        ['#/scenes?object=1', 'unknown parameter "object"'],
        ['#/scenes?edit=2:1,2', 'parameter edit: expected none'],
        ['#/scene', '#/scenes'],
      ] as const) {
        await go(hash)
        const alert = page.getByRole('alert').filter({ hasText: message })
        await alert.waitFor()
      }
    })
  })

  test('keeps labels in any order, catches what reads in order; files, keyboard, axe, phone', async () => {
    await visit(async ({ page, go }) => {
      await go('#/scenes')
      await labeled(page)
      const count = (model: string) => page.locator(`[data-right=${model}]`).innerText()
      expect([await count('alone'), await count('joint')]).toEqual(['4 of 7', '7 of 7'])
      expect(await page.locator('.labels .wrong .visually-hidden').allTextContents()).toEqual([
        'wrong: ',
        'wrong: ',
        'wrong: ',
      ])
      const made = (await labelsOf(page, 3)).sort()

      // the order of the objects
      await page.getByRole('button', { name: 'Shuffle the objects' }).click()
      const joint = page.locator('.shuffled [data-model=joint]')
      await joint.waitFor()
      const [, moved = ''] = /difference (\d\.?\d*e−\d+)/.exec(await joint.innerText()) ?? []
      expect(await joint.innerText()).toContain('unchanged')
      expect(Number(moved.replace('−', '-'))).toBeGreaterThan(0)
      expect(Number(moved.replace('−', '-'))).toBeLessThan(1e-4)
      expect((await labelsOf(page, 3)).sort()).toEqual(made)
      expect(await page.locator('.changed').count()).toBe(0)

      // a model that depends on it
      await page.getByRole('button', { name: 'broken' }).click()
      const ordered = page.locator('.shuffled [data-model=ordered]')
      await ordered.locator('.violated').waitFor()
      expect(await ordered.innerText()).toMatch(/1 label changed; .*difference \d\.\d+\./)
      expect(await page.locator('.labels .changed').allInnerTexts()).toEqual([
        expect.stringMatching(/^was \w+$/),
      ])
      await page.getByRole('button', { name: `Check the ${modelName.ordered}` }).click()
      const report = page.locator('.check[data-model=ordered] .report')
      await report.waitFor()
      expect(await report.innerText()).toMatch(
        /2 nodes, 0 and 1 swapped: node \d had the label "\w+"; it is node \d afterwards and has "\w+"/,
      )
      expect(await report.locator('pre').innerText()).toMatch(/^node 0: \(0, .*\nnode 1: \(0, /)
      await page.getByRole('button', { name: `Check the ${modelName.joint}` }).click()
      const passed = page.locator('.check[data-model=joint] .report')
      await passed.waitFor()
      expect(await passed.innerText()).toContain('No violation in 250 trials')

      // attention, by the keyboard
      await page.getByRole('button', { name: 'Shuffle the objects' }).focus()
      for (let i = 0; i < 8 && !(await page.locator('.tag:focus').count()); i++)
        await page.keyboard.press('Tab')
      const shares = page.locator('.attention li b')
      await expect.poll(() => shares.count()).toBe(11)
      const sum = (await shares.allInnerTexts()).reduce((total, text) => total + Number(text), 0)
      expect(sum).toBeCloseTo(1, 2)
      expect(await page.locator('.tag[aria-pressed=true]').textContent()).toMatch(/^1/)
      await page.keyboard.press('Tab')
      await expect.poll(() => page.locator('#param-look').inputValue()).toBe('2')
      await page.keyboard.press('Enter')
      expect(await page.locator('#param-look').inputValue()).toBe('2')
      expect(await axe(page)).toEqual([])
      await page.keyboard.press('Escape')
      await expect.poll(() => page.locator('#param-look').inputValue()).toBe('0')
      expect(await shares.count()).toBe(0)
      await page.locator('.tag').nth(4).hover()
      expect(await page.locator('.attention h2').innerText()).toMatch(/ object 5 /)

      // what can be taken away
      const save = async (name: string) => {
        const download = page.waitForEvent('download')
        await page.getByRole('button', { name, exact: true }).click()
        return readFile(await (await download).path())
      }
      const svg = (await save('SVG')).toString()
      expect(svg).toMatch(/^<svg xmlns=.*<\/svg>$/s)
      expect(svg).not.toContain('var(')
      expect((await save('PNG')).subarray(1, 4).toString()).toBe('PNG')

      await page.setViewportSize({ width: 360, height: 740 })
      expect(await spare(page)).toBe(0)
      await page.emulateMedia({ colorScheme: 'dark' })
      expect(await axe(page)).toEqual([])
    })
  })
})
