export const doctor = {
  'doctor.title': 'License file doctor',
  'doctor.lead':
    'Find out what a license file or signed key holds and what is wrong with it. It is checked on this computer; nothing is uploaded.',
  'doctor.no_script': 'This page checks files with a script in your browser, and scripts are switched off',
  'doctor.no_script.text':
    'So that nothing has to be uploaded, the portal checks no files for you. You can check them with the command keyport verify, or with OpenSSL alone.',
  'doctor.no_script.help': 'How to verify a license file yourself',
  'doctor.file': 'Drop license files here, or choose them',
  'doctor.text': 'Or paste the content of a license file, a signed key, or the e-mail it came in',
  'doctor.host': 'Host ID of the computer it is for (optional)',
  'doctor.host.hint': 'For a license that is bound to one computer: shows whether it is this one.',
  'doctor.host.help': 'How to find a host ID',
  'doctor.check': 'Check',
  'doctor.results': 'Result',
  'doctor.pasted': 'Pasted text',
  'doctor.facts': 'What it says',
  'doctor.open': 'Open License Key Details',
  'doctor.any_host': 'not bound to a host',

  'doctor.fact.serial': 'Serial number',
  'doctor.fact.host': 'Host',
  'doctor.fact.starts': 'First day',
  'doctor.fact.ends': 'Last day',
  'doctor.fact.grace': 'Grace period until',
  'doctor.fact.maintenance': 'Maintenance until',
  'doctor.fact.features': 'Features',
  'doctor.fact.temporary': 'Temporary',
  'doctor.fact.issued': 'Issued',
  'doctor.fact.issuer': 'Issued by',
  'doctor.fact.key': 'Key number',
  'doctor.fact.signed_by': 'Signed with',

  'doctor.verdict.valid': 'This license is valid',
  'doctor.do.valid':
    'It is genuine, was not changed and is in force. If the product refuses it nevertheless, check that it is the right product on the right computer and that the clock of that computer is right.',
  'doctor.verdict.expiring': 'This license is valid, but only until {ends}',
  'doctor.do.expiring': 'Renew it in time: after that day the product {product} stops working.',
  'doctor.verdict.grace': 'This license ended on {ends} and works only until {grace_until}',
  'doctor.do.grace': 'Renew it now: after the grace period the product stops working.',
  'doctor.verdict.not_yet_valid': 'This license begins on {starts}',
  'doctor.do.not_yet_valid':
    'Until then use the license you have. If that day has passed, the clock of this computer is wrong: set it right.',
  'doctor.verdict.expired': 'This license ended on {ends}',
  'doctor.do.expired':
    'The product no longer accepts it. If it was renewed, download the new file under License Key Details; if not, ask whoever you buy from for a renewal.',
  'doctor.verdict.revoked': 'This license was withdrawn on {withdrawn}',
  'doctor.do.revoked':
    'It no longer counts, for example because it was moved to another host, returned, or its order was cancelled. Open License Key Details to see which key is in force.',
  'doctor.verdict.superseded': 'This license was replaced by a newer one on {withdrawn}',
  'doctor.do.superseded': 'Open License Key Details, download the file that is in force, and install that one.',
  'doctor.verdict.wrong_host': 'This license is for another computer',
  'doctor.do.wrong_host':
    'It is bound to: {host}. You typed: {typed}. Use the file that was made for your computer, or open License Key Details and choose “Move to a New Host”.',
  'doctor.verdict.altered': 'This license was changed after it was signed',
  'doctor.do.altered':
    'Something in it is different from what {vendor} signed, so nothing it says can be believed, and no product will accept it. Download it again, and do not edit it.',
  'doctor.verdict.unknown_key': 'This license is not signed by {vendor}',
  'doctor.do.unknown_key':
    'The key it is signed with is none of ours. It is from another vendor, from a test system, or forged. Ask whoever gave it to you where it comes from.',
  'doctor.verdict.too_new': 'This license needs a newer version',
  'doctor.do.too_new':
    'It asks for something that this check does not know. Reload this page; if that does not help, update the product before you install it.',
  'doctor.verdict.truncated': 'The end of this license is missing',
  'doctor.do.truncated':
    'It was cut off on its way, for example while copying it from an e-mail. Copy all of it, or download it again.',
  'doctor.verdict.damaged': 'This license is damaged',
  'doctor.do.damaged':
    'It looks like a license file or key, but some of it is missing or in the wrong place. Download it again, and do not open it in an editor.',
  'doctor.verdict.not_license': 'There is no license in this',
  'doctor.do.not_license':
    'A license file ends in .slf and begins with a brace; a signed key begins with “K1.”. Choose the file you downloaded here, or paste all of it.',
  'doctor.verdict.code': 'This is a serial number or a code, not a license file',
  'doctor.do.code':
    'Only the portal knows it. Sign in and search for it in the License Catalog; a new serial number is entered under Get a License Key.',
  'doctor.verdict.archive': 'This is a compressed archive or an office document',
  'doctor.do.archive': 'Unpack it, and choose the license files (.slf) that are in it.',
  'doctor.verdict.pdf': 'This is a PDF, for example a certificate',
  'doctor.do.pdf':
    'A certificate proves the purchase and activates nothing. Register its serial number under Get a License Key, and download the license file.',
  'doctor.verdict.binary': 'This is not a text, so it is no license file',
  'doctor.do.binary': 'A license file is a short text and ends in .slf. Choose the file you downloaded here.',
  'doctor.verdict.empty': 'There is nothing in it',
  'doctor.do.empty': 'Choose a file, or paste its content. If the file itself is empty, download it again.',
  'doctor.verdict.too_large': 'This is far too large for a license',
  'doctor.do.too_large':
    'A license file has a few thousand characters and ends in .slf. Choose the file you downloaded here.',
  'doctor.verdict.no_crypto': 'This browser cannot check signatures',
  'doctor.do.no_crypto':
    'It is too old, or this page was not opened over a secure connection (https). Use a current browser, or the command keyport verify.',
  'doctor.verdict.no_keys': 'The public keys of {vendor} could not be fetched',
  'doctor.do.no_keys':
    'Without them nobody can tell whether the license is genuine. Check your network connection and press Check once more. Still nothing? Write to {support_email}.',
  'doctor.unsure': 'Whether it was withdrawn is not known',
  'doctor.unsure.text': 'The list of withdrawn licenses could not be fetched. Press Check once more in a moment.',

  'doctor.repaired': 'The file arrived damaged: products refuse it as it is',
  'doctor.repaired.do':
    'What is said here holds for the file after repair. Install the repaired one, or download it again.',
  'doctor.repaired.save': 'Save the repaired file',
  'doctor.repair.utf16': 'An editor saved it as “Unicode” (UTF-16) instead of UTF-8.',
  'doctor.repair.mail_encoding': 'It is still packed as mail programs send it.',
  'doctor.repair.entities': 'Quotation marks were turned into HTML codes.',
  'doctor.repair.quoted_mail': 'There are reply marks (>) at the start of its lines.',
  'doctor.repair.quotes': 'Straight quotation marks were turned into curly ones.',
  'doctor.repair.dashes': 'Hyphens were turned into dashes.',
  'doctor.repair.invisible': 'There are invisible characters or special spaces in it.',
  'doctor.repair.surroundings': 'There is other text around it.',
  'doctor.repair.line_breaks': 'There are line breaks in the middle of it.',
} as const
