### Every sentence of Frontdesk in English, the language the others are measured by.
###
### A message is named by where it is read: sign-in-, sign-up-, user-button-, user-profile-,
### organization-switcher-, organization-profile-, organization-list-, create-organization-, mail-, page-; or by what it is: field-, action-,
### error-, status-, social-, strength-, waitlist-. A comment names each argument; `(number)` makes it one.

## Fields

field-email-address = Email address
field-password = Password
field-current-password = Current password
field-new-password = New password
field-first-name = First name
field-last-name = Last name
field-code = Verification code
field-organization-name = Organization name
field-organization-slug = Slug
# $label is a field's label, e.g. "First name".
field-optional = { $label } (optional)
# $count (number) is the fewest characters a password may have.
field-password-hint =
    { $count ->
        [one] At least { $count } character.
       *[other] At least { $count } characters.
    }
field-organization-slug-hint = Lowercase letters, digits and hyphens.
field-code-hint = Six digits.
field-phone-number = Phone number
field-phone-number-hint = With + in front, the country is found by itself.
field-country = Country
# $name is a country, e.g. "France"; $code is its code and how it is called, e.g. "FR +33".
field-country-chosen = Country: { $name }, { $code }
field-country-search = Search countries
field-country-none = No country is called that.
field-username = Username
# $max (number) is the most characters, $min (number) the fewest.
field-username-hint = { $min } to { $max } letters, digits, hyphens and underscores.
field-choose = Please choose
field-passkey-name = Name of the passkey

## Actions

action-continue = Continue
action-sign-in = Sign in
action-sign-up = Sign up
action-sign-out = Sign out
action-save = Save
action-cancel = Cancel
action-back = Back
action-add = Add
action-remove = Remove
action-verify = Verify
action-close = Close
action-try-again = Try again
action-show-password = Show password
action-hide-password = Hide password
action-resend = Send a new code
# $seconds (number) until a new code may be asked for.
action-resend-in =
    { $seconds ->
        [one] Send a new code in { $seconds } second
       *[other] Send a new code in { $seconds } seconds
    }
action-use-password = Use your password instead
action-use-email-code = Email a code instead
action-other-way = Use another method
action-copy = Copy
action-download = Download
action-print = Print
action-done = Done
action-rename = Rename

## What is going on

status-saved = Saved.
status-code-sent = A new code is on its way.
status-copied = Copied.
status-removed = Removed.

## Signing in

# $application is the app's name.
sign-in-title = Sign in to { $application }
sign-in-subtitle = Welcome back. Please sign in to continue.
sign-in-password-title = Enter your password
sign-in-password-subtitle = The one that goes with your account.
sign-in-code-title = Check your email
# $address is masked, e.g. "a***@example.com".
sign-in-code-subtitle = If { $address } has an account, a six-digit code is on its way.
sign-in-no-account = No account yet?
sign-in-done-title = You are signed in
# $name is who is signed in, e.g. "Ada Lovelace".
sign-in-done-subtitle = Signed in as { $name }.
sign-in-edit-identifier = Change the email address
sign-in-edit-username = Change the username
sign-in-methods-title = Use another method
sign-in-methods-subtitle = Any of these proves that it is you.
sign-in-field-username = Username
sign-in-field-phone-number = Phone number
sign-in-field-email-or-username = Email address or username
sign-in-field-email-or-phone = Email address or phone number
sign-in-field-username-or-phone = Username or phone number
sign-in-field-any = Email address, username or phone number
sign-in-or = or
sign-in-last-used = Last used
sign-in-transfer = Create an account with it
sign-in-use-passkey = Use a passkey
sign-in-use-email-link = Email a link instead
sign-in-use-phone-code = Text a code instead
sign-in-use-totp = Use your authenticator app
sign-in-use-backup-code = Use a backup code
sign-in-forgot-password = Forgot password?
sign-in-trouble = Having trouble?
sign-in-trouble-subtitle = Write to us, and we will help you get back in.
sign-in-trouble-action = Email support
sign-in-phone-code-title = Check your phone
# $address is an address or a number, masked.
sign-in-second-code-subtitle = Enter the six-digit code we sent to { $address }.
sign-in-new-device = This browser is new to us, so we ask for one more proof that it is you.
sign-in-totp-title = Two-step verification
sign-in-totp-subtitle = Enter the six-digit code that your authenticator app shows.
sign-in-backup-code-title = Enter a backup code
sign-in-backup-code-subtitle = One of the codes you kept for a day like this. Each works once.
sign-in-backup-code = Backup code
sign-in-trust-device = Do not ask again on this device
sign-in-reset-title = Reset your password
sign-in-new-password-title = Choose a new password
sign-in-new-password-subtitle = You will sign in with it from now on.
sign-in-new-password-needed = Your password must not be used any more. Please choose another to go on.
sign-in-sign-out-others = Sign out of all other devices
sign-in-link-title = Check your email
# $address is masked, e.g. "a***@example.com".
sign-in-link-subtitle = If { $address } has an account, a link is on its way. Please open it in this browser.
sign-in-link-sending = One moment…
sign-in-link-waiting = Waiting for you to open the link…
sign-in-link-sent = A new link is on its way.
sign-in-link-resend = Send a new link
# $seconds (number) until a new link may be asked for.
sign-in-link-resend-in =
    { $seconds ->
        [one] Send a new link in { $seconds } second
       *[other] Send a new link in { $seconds } seconds
    }
sign-in-link-expired = The link is too old. Please ask for a new one.
sign-in-link-failed = The link has been used, or is not whole. Please ask for a new one.
sign-in-link-failed-title = This link does not work any more
sign-in-link-elsewhere-title = That worked
sign-in-link-elsewhere = You can go on where you asked for the link.
sign-in-again = Sign in again
sign-in-passkey-title = Use your passkey
sign-in-passkey-subtitle = Your device asks for your finger, your face or its code.
sign-in-accounts-title = Choose an account
sign-in-accounts-subtitle = These are signed in here.
# $name is who is signed in, e.g. "Ada Lovelace".
sign-in-as = Continue as { $name }
sign-in-add-account = Add another account
sign-in-out-of-all = Sign out of all accounts
sign-in-organization-title = Choose an organization
sign-in-organization-subtitle = The one you want to work in now.
sign-in-organization-none = You are in no organization yet. Ask somebody to invite you, then come back.
# $name is who is signed in, e.g. "ada@example.com".
sign-in-task-leave = Not { $name }? Sign out
sign-in-set-up-title = Set up two-step verification
sign-in-set-up-subtitle = Add this account to an authenticator app, then enter the code it shows.
sign-in-set-up-phone-subtitle = Each time you sign in, we text you a code. Which number should it go to?
sign-in-set-up-use-phone = Use text messages instead
sign-in-set-up-use-app = Use an authenticator app instead
totp-picture = The key as a QR code
sign-in-set-up-open = Open the app on this device
sign-in-set-up-key = Or enter this key in the app:
sign-in-set-up-codes-title = Keep your backup codes
sign-in-set-up-codes-subtitle = Each signs you in once when the app or the phone is not at hand. They are shown only now.
sign-in-set-up-save = Save as a file

## Signing up

sign-up-title = Create your account
# $application is the app's name.
sign-up-subtitle = Welcome to { $application }. A few details to get started.
sign-up-code-title = Verify your email
# $address is the address that was typed.
sign-up-code-subtitle = Enter the six-digit code we sent to { $address }.
sign-up-have-account = Already have an account?
sign-up-exists-title = You already have an account
# $address is the address that was typed.
sign-up-exists-subtitle = { $address } belongs to an account. Sign in to go on.
sign-up-restricted-title = Sign-up is closed
sign-up-restricted-subtitle = New accounts are by invitation only.
sign-up-done-title = Your account is ready
# $name is who is signed in.
sign-up-done-subtitle = Signed in as { $name }.
sign-up-phone-code-title = Verify your phone number
# $number is the number that was typed.
sign-up-phone-code-subtitle = Enter the six-digit code we sent to { $number }.
sign-up-edit-phone = Change the phone number
sign-up-use-phone = Use a phone number instead
sign-up-use-email = Use an email address instead
sign-up-missing-title = Almost done
sign-up-missing-subtitle = Only this is missing for your account.
sign-up-task-subtitle = Your account is ready. One step is left before you can use it.
sign-up-legal-title = One last thing
sign-up-legal-subtitle = Please read this before you go on.
# $privacy and $terms are links: sign-up-privacy and sign-up-terms.
sign-up-legal-both = I agree to the { $terms } and the { $privacy }.
# $terms is a link: sign-up-terms.
sign-up-legal-terms = I agree to the { $terms }.
# $privacy is a link: sign-up-privacy.
sign-up-legal-privacy = I agree to the { $privacy }.
sign-up-terms = terms of service
sign-up-privacy = privacy policy
sign-up-checking = Checking that you are not a robot…
sign-up-waitlist-title = Not open yet
sign-up-waitlist-subtitle = New accounts are opened from the waiting list.

## The waiting list

waitlist-title = Join the waiting list
# $application is the app's name.
waitlist-subtitle = We write to you as soon as you can use { $application }.
waitlist-join = Join the waiting list
waitlist-joined-title = You are on the list
# $address is the address that was typed.
waitlist-joined-subtitle = We write to { $address } as soon as it is your turn.

## Accounts elsewhere

social-group = Accounts elsewhere
# $provider is another service, e.g. "GitHub".
social-continue = Continue with { $provider }
social-or = or

## How hard a password is to guess

strength-good = This password is hard to guess.
strength-weak = This password is easy to guess.
strength-straight-row = Rows of keys are easy to guess.
strength-key-pattern = Short patterns on the keyboard are easy to guess.
strength-simple-repeat = A character over and over is easy to guess.
strength-extended-repeat = A few characters over and over are easy to guess.
strength-sequences = Sequences such as “abc” or “6543” are easy to guess.
strength-recent-years = Recent years are easy to guess.
strength-dates = Dates are easy to guess.
strength-top-ten = This is one of the ten most common passwords.
strength-top-hundred = This is one of the hundred most common passwords.
strength-common = This is a very common password.
strength-similar-to-common = This is much like a common password.
strength-word-by-itself = A word by itself is easy to guess.
strength-names-by-themselves = A name by itself is easy to guess.
strength-common-names = Common names are easy to guess.
strength-user-inputs = It has your own name or address in it.
strength-use-words = Use several words that do not belong together.
strength-no-need = Symbols, digits and capitals are not needed.
strength-another-word = Add one more word or two.
strength-capitalization = A capital at the start does not help much.
strength-all-uppercase = Capitals throughout do not help much.
strength-reverse-words = Words spelt backwards do not help much.
strength-l33t = “@” for “a” and the like do not help much.
strength-longer-keyboard-pattern = Use a longer pattern on the keyboard, with more turns.
strength-avoid-repeated = Repeat neither words nor characters.
strength-avoid-sequences = Use no sequences.
strength-avoid-recent-years = Use no recent years.
strength-associated-years = Use no years that mean something to you.
strength-avoid-dates = Use no dates that mean something to you.

## Proving again who one is

step-up-title = Prove that it is you
step-up-password = Enter your password to go on.
step-up-none = There is no way to prove it here. Sign out and in again, then try once more.

## The user button

user-button-open = Open the account menu
# $name is who is signed in; it is to be seen beside the picture.
user-button-open-of = { $name }: open the account menu
user-button-menu = Account
user-button-manage = Manage account

## Pictures

picture-title = Picture
picture-logo = Logo
picture-choose = Choose a picture
picture-remove = Remove the picture
picture-hint = You can drop or paste one here, too.
picture-place = The part of the picture that is kept. Drag it, or use the arrow keys.
picture-zoom = Zoom

## The user profile

user-profile-title = Your account
user-profile-subtitle = Who you are here, and how you prove it.
user-profile-pages = Pages of your account
user-profile-account = Account
user-profile-security = Security
user-profile-delete = Delete account
user-profile-delete-hint = Your account and all that is yours here go for good. Nobody can bring them back.
# $phrase is what is to be typed: user-profile-delete.
user-profile-delete-label = Type “{ $phrase }” to go on
user-profile-name = Name
user-profile-no-name = No name yet
user-profile-emails = Email addresses
user-profile-password = Password
user-profile-password-set = A password is set.
user-profile-password-unset = No password is set.
user-profile-primary = Primary
user-profile-unverified = Unverified
user-profile-make-primary = Make primary
# $address is one of the user's addresses.
user-profile-remove-email = Remove { $address }
# $address is one of the user's addresses.
user-profile-make-primary-email = Make { $address } the primary address
# $address is one of the user's addresses.
user-profile-verify-email = Verify { $address }
user-profile-add-email = Add an email address
user-profile-verify-title = Verify this address
# $address is where the code went.
user-profile-verify-subtitle = Enter the six-digit code we sent to { $address }.
# $address is an e-mail address.
user-profile-link-subtitle = We sent a link to { $address }. Please open it in this browser.
user-profile-change-password = Change password
user-profile-set-password = Set a password
user-profile-sign-out-others = Sign out of all other devices
user-profile-password-changed = Your password was changed.
user-profile-sign-out = Sign out of this browser
user-profile-sign-out-title = Session
user-profile-signed-out = Sign in to see your account.
user-profile-username = Username
user-profile-no-username = No username yet
user-profile-change-username = Change username
user-profile-set-username = Choose a username
user-profile-phones = Phone numbers
user-profile-add-phone = Add a phone number
user-profile-verify-phone-title = Verify this number
# $number is one of the user's numbers.
user-profile-make-primary-phone = Make { $number } the primary number
user-profile-passkeys = Passkeys
user-profile-passkeys-none = No passkey yet. With one, you sign in without a password.
user-profile-passkeys-unsupported = This browser cannot make passkeys.
user-profile-add-passkey = Add a passkey
# $name is what the user calls a passkey.
user-profile-rename-passkey = Rename { $name }
# $date is a day, e.g. "5/24/2026".
user-profile-passkey-used = Last used on { $date }
# $date is a day, e.g. "5/24/2026".
user-profile-passkey-added = Added on { $date }
user-profile-two-step = Two-step verification
user-profile-two-step-off = Nothing is asked for after the first step.
user-profile-totp = Authenticator app
user-profile-add-totp = Add an authenticator app
user-profile-totp-scan = Scan this with your authenticator app, or type the key into it. Then enter the code that it shows.
user-profile-totp-secret = Key
user-profile-totp-open = Open in an app on this device
# $number is one of the user's numbers.
user-profile-phone-factor = Text message to { $number }
# $number is one of the user's numbers.
user-profile-add-phone-factor = Use { $number } as second step
user-profile-default = Default
user-profile-make-default = Make default
# $number is one of the user's numbers.
user-profile-make-default-factor = Ask for a text message to { $number } first
user-profile-backup-codes = Backup codes
user-profile-backup-codes-new = Make new backup codes
user-profile-backup-codes-shown = Keep these codes in a safe place. Each works once, those from before no longer work, and these are not shown again.
user-profile-connected = Connected accounts
user-profile-connected-none = No account elsewhere is connected.
# $provider is another service, e.g. "GitHub".
user-profile-connect = Connect { $provider }
user-profile-reconnect = Reconnect
# $provider is another service, e.g. "GitHub".
user-profile-reconnect-provider = Reconnect { $provider }
user-profile-connected-lost = This account has to be connected again.
user-profile-connected-more = This app asks for more access to this account.
user-profile-devices = Where you are signed in
user-profile-this-device = This device
# $browser is e.g. "Firefox", $device e.g. "Linux".
user-profile-device = { $browser } on { $device }
user-profile-device-unknown = Unknown device
# $date is a day and a time.
user-profile-device-used = Last used { $date }
# $device is e.g. "Firefox on Linux".
user-profile-revoke-device = Sign out of { $device }

## The organization switcher

organization-switcher-open = Switch organization
organization-switcher-menu = Organizations
organization-switcher-personal = Personal account
organization-switcher-manage = Manage organization
organization-switcher-none = Choose an organization
organization-switcher-invitations = Invitations
organization-switcher-join = Join
# $count (number) is how many invitations wait for the person.
organization-switcher-count = { $count }
# $count (number) is how many invitations wait for the person.
organization-switcher-waiting =
    { $count ->
        [one] { $count } thing waits for you
       *[other] { $count } things wait for you
    }
organization-switcher-suggestions = Suggestions
organization-switcher-ask = Ask to join
organization-switcher-asked = Asked to join
# $count (number) is how many people ask to join.
organization-switcher-requests =
    { $count ->
        [one] { $count } request
       *[other] { $count } requests
    }
organization-switcher-create = Create organization
organization-switcher-role-admin = Admin
organization-switcher-role-member = Member

## The organization's profile

organization-profile-title = Organization
organization-profile-subtitle = Its members and its settings.
organization-profile-signed-out = Sign in to see your organization.
organization-profile-none = You are in no organization at the moment. Choose one first.
organization-profile-pages = Pages
organization-profile-general = General
organization-profile-members = Members
organization-profile-invitations = Invitations
organization-profile-roles = Roles
organization-profile-profile = Profile
organization-profile-leave = Leave
organization-profile-leave-action = Leave organization
organization-profile-leave-hint = Only an invitation brings you back.
# $name is the organization's name.
organization-profile-leave-sure = Leave { $name }? You lose access to everything in it.
organization-profile-delete = Delete
organization-profile-delete-action = Delete organization
organization-profile-delete-hint = Its members lose access, and nothing brings it back.
# $name is the organization's name.
organization-profile-delete-confirm = Type “{ $name }” to delete it
organization-profile-search = Search members
organization-profile-sort = Sort by
organization-profile-sort-oldest = Joined first
organization-profile-sort-newest = Joined last
organization-profile-sort-name = Name
organization-profile-sort-role = Role
# $count (number) is how many were found.
organization-profile-found =
    { $count ->
        [one] { $count } member found.
       *[other] { $count } members found.
    }
organization-profile-nobody = Nobody is called that.
organization-profile-member = Member
organization-profile-joined = Joined
organization-profile-role = Role
organization-profile-actions = Actions
organization-profile-you = You
# $name is a member's name.
organization-profile-role-of = Role of { $name }
# $name is a member's name.
organization-profile-remove-member = Remove { $name }
# $first (number) and $last (number) are the first and the last row of the page, $total (number) is how many there are.
organization-profile-range = { $first }–{ $last } of { $total }
organization-profile-previous = Previous
organization-profile-next = Next
organization-profile-invite = Invite people
organization-profile-addresses = Email addresses
organization-profile-addresses-hint = Several at once, with commas, spaces or line breaks between.
organization-profile-invite-action = Send invitations
# $count (number) is how many invitations were sent.
organization-profile-invited =
    { $count ->
        [one] The invitation is on its way.
       *[other] { $count } invitations are on their way.
    }
organization-profile-pending = Open invitations
organization-profile-pending-none = No invitation is open.
organization-profile-address = Address
organization-profile-expires = Good until
organization-profile-resend = Send again
# $address is who is invited.
organization-profile-resend-to = Send again to { $address }
organization-profile-resent = Sent again.
organization-profile-revoke = Take back
# $address is who is invited.
organization-profile-revoke-of = Take back the invitation of { $address }
organization-profile-requests = Requests
organization-profile-requests-none = Nobody asks to join.
organization-profile-asked = Asked
organization-profile-accept = Let in
# $name is who asks to join.
organization-profile-accept-of = Let in { $name }
organization-profile-reject = Turn away
# $name is who asks to join.
organization-profile-reject-of = Turn away { $name }
organization-profile-domains = Domains
organization-profile-domains-none = There is no domain yet.
organization-profile-domains-hint = E.g. example.com. Whoever has an address there can be invited without anybody’s doing.
organization-profile-domain = Domain
organization-profile-add-domain = Add a domain
organization-profile-verified = Verified
# $name is a domain, e.g. "example.com".
organization-profile-verify-of = Verify { $name }
organization-profile-domain-address = Email address at the domain
# $domain is an at sign and a domain, e.g. "@example.com".
organization-profile-domain-address-hint = What is before { $domain }. A code is sent there.
# $address is an address.
organization-profile-domain-sent = We sent a six-digit code to { $address }.
# $domain is e.g. "example.com".
organization-profile-record-hint = Add a TXT record with this name and this value to the zone of { $domain }, and then look for it. It can take a while until it is seen everywhere.
organization-profile-record-instead = Use a DNS record instead
organization-profile-record-name = Name
organization-profile-record-value = Value
organization-profile-record-look = Look for it
organization-profile-record-missing = The record is not there yet. Please try again later.
organization-profile-enrollment = Who has an address there
# $name is a domain, e.g. "example.com".
organization-profile-enrollment-of = What people with an address at { $name } get
organization-profile-manual-invitation = is invited by hand
organization-profile-automatic-invitation = is invited automatically
organization-profile-automatic-suggestion = may ask to join
organization-profile-own-role = Your role
organization-profile-no-permissions = Allows nothing beyond being a member.
organization-profile-may-manage-profile = Change name and address
organization-profile-may-delete = Delete the organization
organization-profile-may-read-members = See members
organization-profile-may-manage-members = Invite, change and remove members
organization-profile-may-read-domains = See domains
organization-profile-may-manage-domains = Add and remove domains

## The list of organizations

organization-list-title = Your organizations
organization-list-subtitle = The one you want to work in now.
organization-list-signed-out = Sign in to see your organizations.
# $name is the organization that was joined.
organization-list-joined = You are in { $name } now.

## Creating an organization

create-organization-title = Create organization
create-organization-subtitle = A place for your team to work together.
create-organization-submit = Create organization
create-organization-signed-out = Sign in to create an organization.
# $name is the organization.
create-organization-others = { $name } is there
create-organization-others-subtitle = Give it a logo and invite others, or do it later.

## What went wrong

error-form-param-nil = Please fill this in.
error-form-param-nil-legal-accepted = Please agree to this to go on.
error-form-param-format-invalid = This does not look right. Please check it.
error-form-param-format-invalid-email-address = This is not a complete email address.
error-form-param-format-invalid-code = This code has six digits. Please type all of them.
error-form-param-format-invalid-slug = Only lowercase letters, digits and single hyphens between them.
error-form-param-value-invalid = This value is not allowed.
error-form-param-max-length-exceeded = This is too long.
error-form-param-max-length-exceeded-file = This picture is too large. Choose one of at most 2 MB.
error-form-param-format-invalid-file = This is not a picture that can be used. Choose a PNG, JPEG, WebP or GIF.
error-form-identifier-exists = This is taken. Please choose another.
error-form-password-incorrect = The password is wrong, or there is no such account.
# $count (number) is the fewest characters a password may have.
error-form-password-length-too-short =
    { $count ->
        [one] Use at least { $count } character.
       *[other] Use at least { $count } characters.
    }
# $count (number) is the most characters a password may have.
error-form-password-length-too-long =
    { $count ->
        [one] Use at most { $count } character.
       *[other] Use at most { $count } characters.
    }
error-form-password-size-in-bytes-exceeded = This password is too long.
error-form-new-password-matches-current = This is your current password. Please choose another.
error-form-password-pwned = This password is known from a leak. Please choose another.
error-form-password-not-strong-enough = This password is too easy to guess. Please make it longer.
error-form-password-validation-failed = This password lacks some kinds of characters that are asked for.
error-form-password-compromised = This password must not be used any more. Please reset it.
error-form-identifier-not-found = There is no such account.
error-sign-up-if-missing-transfer = Nobody has an account with this yet. Sign up to make one.
# $max (number) is the most characters, $min (number) the fewest.
error-form-username-invalid-length = Use between { $min } and { $max } characters.
error-form-username-invalid-character = Only letters, digits, hyphens and underscores.
error-form-username-needs-non-number-char = Use at least one character that is not a digit.
error-form-param-format-invalid-phone-number = This is not a complete phone number. Please begin with + and the country code.
error-not-allowed-access = This address or number is not allowed here.
error-unsupported-country-code = No text messages are sent to this country.
error-form-code-incorrect = That code is not right. Please check it and try again.
error-verification-expired = That code has expired. Ask for a new one.
error-verification-failed = Too many wrong codes. Ask for a new one.
error-verification-invalid = There is nothing to verify here any more.
error-strategy-for-user-invalid = This method cannot be used here.
error-session-exists = You are signed in already.
error-sign-in-attempt-not-found = This took too long. Please start again.
error-resource-not-found = This is not there any more.
error-authentication-invalid = Please sign in again.
error-authorization-invalid = You are not allowed to do this.
# $seconds (number) until the next try.
error-too-many-requests =
    { $seconds ->
        [one] Too many tries. Please wait { $seconds } second.
       *[other] Too many tries. Please wait { $seconds } seconds.
    }
error-identification-deletion-failed = This address cannot be removed, because it is your primary one.
error-sign-up-mode-restricted = New accounts are by invitation only.
error-sign-up-restricted-waitlist = New accounts are opened from the waiting list only.
error-user-banned = This account was closed.
error-user-locked = This account is locked for a while. Please try again later.
error-identifier-already-signed-in = You are signed in with this account already.
error-oauth-access-denied = You did not allow it there. Please try again, or use another method.
error-oauth-provider-failed = The other service did not answer as it should. Please try again, or use another method.
error-external-account-not-found = No account here belongs to that one. Please sign up first.
error-external-account-exists = That account is connected to another account here.
error-external-account-email-taken = Its address belongs to an account here already. Please sign in to that first, and connect it there.
error-passkey-not-registered = This passkey is not known here. Please use another method.
error-passkey-invalid = The passkey did not work. Please try again, or use another method.
error-passkey-quota-exceeded = You have as many passkeys as you may. Please remove one first.
error-session-reverification-required = Please prove that it is you, then try again.
error-ticket-invalid = This link does not work any more. Please ask for another.
error-verification-link-client-mismatch = Please open the link in the browser that you asked for it with.
error-captcha-required = Please wait a moment and try again: we are checking that you are not a robot.
error-captcha-invalid = That took too long. Please try again.
error-totp-already-enabled = There is an authenticator app already.
error-organization-quota-exceeded = You cannot create another organization.
# $addresses are addresses with commas between, $error is the sentence about them.
error-of-addresses = { $addresses }: { $error }
error-already-a-member-in-organization = This person is a member already.
error-organization-membership-quota-exceeded = The organization has as many members as it may have. One of its admins can make room.
error-organization-invitation-quota-exceeded = There are as many open invitations as there may be.
error-organization-domain-common = Anybody can have an address at this domain. Use a domain of your own.
error-organization-domain-quota-exceeded = There are as many domains as there may be.
error-organization-minimum-permissions-needed = Somebody must stay who is an admin. Make somebody else one first.
error-origin-invalid = This page is not allowed to sign people in. Its owner must add it to the allowed origins.
error-request-body-invalid = The request could not be read. Please try again.
error-service-unavailable = We are busy just now. Nothing is lost; please try again.
error-internal-error = Something went wrong on our side. Nothing is lost; please try again.
error-offline = You seem to be offline. Nothing is lost; please try again.
error-load = This could not be loaded.

## Mails

# $code is six digits, $application the app's name.
mail-code-subject = { $code } is your { $application } code
mail-code-title = Your verification code
# $application is the app's name.
mail-code-body = Enter this code in { $application } to continue. It works once, for ten minutes.
mail-code-note = If you did not ask for it, you can ignore this mail. Never tell anybody the code.
# $code is six digits, $organization is what people call the organization.
mail-domain-code-subject = { $code } proves the domain for { $organization }
# $organization is what people call the organization.
mail-domain-code-title = A code for { $organization }
# $application is what the app is called, $organization is what people call the organization.
mail-domain-code-body = Somebody wants to prove in { $application } that this address belongs to the organization { $organization }. Give them this code if that is right. People with an address at this domain may then be invited to it.
# $application is the app's name.
mail-account-exists-subject = You already have an account with { $application }
mail-account-exists-title = You already have an account
# $application is the app's name.
mail-account-exists-body = Somebody, perhaps you, tried to create an account with { $application } for this address. It has one already, so you can simply sign in.
mail-account-exists-code = If it was you, enter this code where you were asked for one:
# $code is six digits, $application the app's name.
mail-reset-subject = { $code } is your { $application } code
mail-reset-title = Choose another password
# $application is the app's name.
mail-reset-body = Enter this code in { $application } to choose another password. It works once, for ten minutes.
# $application is the app's name.
mail-link-subject = Continue to { $application }
mail-link-title = Continue with this link
# $application is the app's name.
mail-link-body = Open this link to continue to { $application }. It works once, for ten minutes.
mail-link-note = If you did not ask for it, you can ignore this mail. Never give anybody the link.
mail-link-action = Continue
# $application is the app's name.
mail-invitation-subject = You are invited to { $application }
# $application is the app's name.
mail-invitation-title = You are invited to { $application }
# $application is the app's name.
mail-invitation-body = Somebody invited you to create an account with { $application }. Open this link to accept.
mail-invitation-note = If you do not know why, you can ignore this mail.
# $application is the app's name, $organization the organization's.
mail-organization-invitation-subject = You are invited to { $organization } on { $application }
# $organization is the organization's name.
mail-organization-invitation-title = Join { $organization }
# $application is the app's name, $inviter whoever invites, $organization the organization's name.
mail-organization-invitation-body = { $inviter } invited you to { $organization } on { $application }. Open this link to join.
# $application is the app's name, $organization the organization's.
mail-organization-invitation-body-plain = You are invited to { $organization } on { $application }. Open this link to join.
# $application is the app's name.
mail-new-device-subject = New sign-in to { $application }
mail-new-device-title = You signed in on a new device
# $address is a network's address, $application the app's name, $device a browser, e.g. "Firefox on Linux".
mail-new-device-body = Your { $application } account was just used with { $device } from { $address }.
# $application is the app's name.
mail-factor-added-subject = Your { $application } account has another way to prove it is you
mail-factor-added-title = A way to prove it is you was added
# $application is the app's name.
mail-factor-added-body = Your { $application } account has another way to prove that it is you, as of just now.
# $application is the app's name.
mail-factor-removed-subject = A way to prove it is you was removed from { $application }
mail-factor-removed-title = A way to prove it is you was removed
# $application is the app's name.
mail-factor-removed-body = A way to prove that it is you was just removed from your { $application } account.
mail-factor-note = If it was not you, sign in and change your password at once.
# $application is the app's name, $code six digits.
text-code = { $code } is your { $application } code. Never tell it to anybody.
# $application is the app's name.
mail-password-changed-subject = Your { $application } password was changed
mail-password-changed-title = Your password was changed
# $application is the app's name.
mail-password-changed-body = The password of your { $application } account was changed just now.
mail-password-changed-note = If it was not you, sign in with a code and change it at once.
# $application is the app's name.
mail-primary-address-changed-subject = Your { $application } address was changed
mail-primary-address-changed-title = Mails go to another address now
# $application is the app's name, $address the new address, masked.
mail-primary-address-changed-body = The primary address of your { $application } account is now { $address }.
mail-primary-address-changed-note = If it was not you, sign in and change it back at once.
# $application is the app's name.
mail-address-removed-subject = This address was removed from your { $application } account
mail-address-removed-title = This address was removed
# $application is the app's name.
mail-address-removed-body = You can no longer sign in to { $application } with this address, and mails about your account go elsewhere.
mail-address-removed-note = If it was not you, sign in with another address or number and change your password at once.

## Hosted pages

page-sign-in-title = Sign in
page-sign-up-title = Sign up
page-user-title = Your account
page-organization-title = Organization
page-noscript = Signing in needs JavaScript. Please allow it for this page.
# $device is a browser and a system, e.g. "Firefox on Linux".
page-link-body = Go on only if you asked for this link with { $device }. If you did not, close this page.
