import type { ChatKind } from '../../../contract/chat-channels.ts'

export interface ChatLine {
  words: string
  href: string | null
}

/** A message in the form the chat program takes: Slack's blocks, or an Adaptive Card for Workflows in Microsoft Teams. */
export function chatMessage(kind: ChatKind, title: string, lines: readonly ChatLine[]): object {
  return kind === 'slack' ? slackMessage(title, lines) : teamsMessage(title, lines)
}

/** Slack reads &, < and > as its own signs; everything else stands for itself. */
const slackText = (text: string): string => text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;')

/** A section holds 3,000 characters. */
const longest = 2900

function slackMessage(title: string, lines: readonly ChatLine[]): object {
  const sections = lines.map(({ words, href }) => {
    const text = slackText(words).slice(0, longest - (href?.length ?? 0))
    return {
      type: 'section',
      text: { type: 'mrkdwn', text: href === null ? text : `<${slackText(href)}|${text.replaceAll('|', '¦')}>` },
    }
  })
  return { text: slackText(title), blocks: sections, unfurl_links: false, unfurl_media: false }
}

/** A card's text understands some Markdown; what people wrote is shown as they wrote it. */
const cardText = (text: string): string => text.replace(/([\\`*_{}[\]()#+!|~>-])/g, '\\$1')

function teamsMessage(title: string, lines: readonly ChatLine[]): object {
  const body = lines.map(({ words, href }) => ({
    type: 'TextBlock',
    wrap: true,
    text: href === null ? cardText(words) : `[${cardText(words)}](${href})`,
  }))
  const first = lines.find((one) => one.href !== null)?.href ?? null
  return {
    type: 'message',
    summary: title,
    attachments: [
      {
        contentType: 'application/vnd.microsoft.card.adaptive',
        contentUrl: null,
        content: {
          $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
          type: 'AdaptiveCard',
          version: '1.4',
          body: [{ type: 'TextBlock', weight: 'Bolder', wrap: true, text: cardText(title) }, ...body],
          ...(first === null ? {} : { actions: [{ type: 'Action.OpenUrl', title: 'Linchpin', url: first }] }),
        },
      },
    ],
  }
}
