export const errors = {
  'errors.not_signed_in.title': 'Please sign in',
  'errors.not_signed_in.text': 'This page is for signed-in users. Sign in and you will come back to it.',
  'errors.forbidden.title': 'You may not do this',
  'errors.forbidden.text':
    'Your role in this organization does not allow it. An administrator of your organization can change your role.',
  'errors.not_found.title': 'Page not found',
  'errors.not_found.text':
    'There is nothing at this address, or it is not yours to see. Check the address, or start again from Home.',
  'errors.method_not_allowed.title': 'This cannot be done here',
  'errors.method_not_allowed.text': 'The address exists, but not for this kind of request.',
  'errors.stale.title': 'Somebody was faster',
  'errors.stale.text':
    'What you saw has changed in the meantime. Reload the page and look again; nothing was overwritten.',
  'errors.gone.title': 'No longer available',
  'errors.gone.text': 'This has expired or was used already. Start again from where you got the link.',
  'errors.too_large.title': 'Too large',
  'errors.too_large.text': 'What you sent is larger than this page accepts. Send less at a time.',
  'errors.unsupported_media_type.title': 'Unknown kind of content',
  'errors.unsupported_media_type.text': 'The content type of the request is not supported here.',
  'errors.invalid.title': 'Please check what you entered',
  'errors.invalid.text': 'Something in the form is missing or not valid.',
  'errors.malformed.title': 'The request could not be read',
  'errors.malformed.text': 'It arrived incomplete or damaged. Go back and try again.',
  'errors.too_many_requests.title': 'Too many attempts',
  'errors.too_many_requests.text': 'For safety we slow down repeated attempts. Wait a few minutes, then try again.',
  'errors.internal.title': 'Something went wrong on our side',
  'errors.internal.text': 'Nothing was changed. Try again; if it happens again, give support the request number below.',
  'errors.unavailable.title': 'Back in a moment',
  'errors.unavailable.text':
    'The portal cannot reach its database right now. Nothing is lost. Try again in a few seconds.',
  'errors.storage_full.title': 'No space left for files',
  'errors.storage_full.text':
    'The file was not stored, and nothing was changed. Tell the people who run this portal; then try again.',
  'errors.session_ended.title': 'Your session has ended',
  'errors.session_ended.text':
    'Nothing was stored, and nothing that you typed is lost: sign in in a new tab, then come back to this one and reload it. The browser asks whether to send the form again; say yes.',
  'errors.session_ended.sign_in': 'Sign in (new tab)',
  'errors.second_factor': 'Administration asks for more than a password. Set up a second factor here, then come back.',
  'errors.request_id': 'Request number: {id}',
} as const
