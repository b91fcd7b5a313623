import { type Context, Hono } from 'hono'
import type { Child } from 'hono/jsx'
import { AppError } from '../platform/errors.ts'
import { allow } from '../platform/http/access.ts'
import type { PublicEnv } from '../platform/http/env.ts'
import type { Locale } from '../platform/i18n.ts'
import { shellFor } from '../shell.tsx'
import { type Link, Page, PublicPage } from '../ui/layout.tsx'
import { type HelpTopic, helpTopics, urls } from '../urls.ts'
import { HelpIndexBody } from './pages/index-page.tsx'
import { Line, TopicBody } from './pages/topic-page.tsx'
import { readTopic } from './read-topic.ts'

export const helpWeb = new Hono<PublicEnv>()
  .get(urls.help.index.pattern, allow('anyone'), (c) => {
    const { t, locale, config } = c.var
    const frame = { title: t('help.title'), lead: t('help.lead', { email: config.support_email }) }
    return show(c, frame, <HelpIndexBody t={t} titles={titlesIn(locale)} />)
  })
  .get(urls.help.topic.pattern, allow('anyone'), (c) => {
    const { t, locale, config } = c.var
    const topic = helpTopics.find((each) => each === c.req.param('topic'))
    if (!topic) throw new AppError('not_found')
    const page = readTopic(locale, topic)
    const { support_email, base_url } = config
    const names = { vendor: config.vendor.name, support_email, base_url }
    const frame = {
      title: page.title,
      lead: <Line text={page.lead} names={names} />,
      breadcrumb: [{ text: t('help.title'), href: urls.help.index.to() }],
    }
    return show(c, frame, <TopicBody {...{ t, names, topic, page }} titles={titlesIn(locale)} />)
  })

function titlesIn(locale: Locale): Record<HelpTopic, string> {
  const titles = helpTopics.map((topic) => [topic, readTopic(locale, topic).title])
  return Object.fromEntries(titles) as Record<HelpTopic, string>
}

/** With the portal's navigation for those who are signed in. */
function show(c: Context<PublicEnv>, frame: { title: string; lead: Child; breadcrumb?: Link[] }, body: Child) {
  const shell = shellFor(c)
  if (shell.account) {
    return c.html(
      <Page shell={shell} {...frame}>
        {body}
      </Page>,
    )
  }
  const { title, lead } = frame
  return c.html(
    <PublicPage shell={shell} title={title} lead={lead} wide>
      {body}
    </PublicPage>,
  )
}
