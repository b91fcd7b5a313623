/**
 * Version upgrades: campaigns of the vendor, the notifications that announce them, and the wizard that makes licenses
 * of a new version out of those of an old one.
 *
 * Invariants: whether a license is upgraded is decided by one function of the database (`upgrade_refusal`); never more
 * than a license's quantity becomes licenses of a new version; old keys work until their overlap ends, and no longer;
 * whoever knows no Upgrade Notification ID and owns no license of the customer learns nothing.
 * Owns: campaigns, campaign_paths, upgrade_notifications, upgrade_notification_mails,
 * upgrade_notification_readers, upgrade_drafts, upgrade_selections, upgrades.
 */

export type { CampaignTerms } from './campaign-rules.ts'
export { campaignsCommand } from './campaigns-command.ts'
export { ensureNotification } from './create-notifications.ts'
export { completeUpgrade } from './jobs.ts'
export { countOffers } from './offers.ts'
export { upgradeReason, upgradesOf } from './option-reason.ts'
export { publishCampaign } from './publish-campaign.ts'
export { publish, publishJob, startCampaigns, tellLater } from './publish-job.ts'
export { createCampaign } from './save-campaign.ts'
export { settleOverlaps } from './settle-overlaps.ts'
export { upgradesWeb } from './web.tsx'
export { campaignsWeb } from './web-campaigns.tsx'
