### Every sentence of Frontdesk in Arabic.

## Fields

field-email-address = عنوان البريد الإلكتروني
field-password = كلمة المرور
field-current-password = كلمة المرور الحالية
field-new-password = كلمة المرور الجديدة
field-first-name = الاسم الأول
field-last-name = اسم العائلة
field-code = رمز التحقق
field-organization-name = اسم المؤسسة
field-organization-slug = معرّف الرابط
field-optional = { $label } (اختياري)
field-password-hint =
    { $count ->
        [zero] { $count } حرف على الأقل.
        [one] حرف واحد على الأقل.
        [two] حرفان على الأقل.
        [few] { $count } أحرف على الأقل.
        [many] { $count } حرفًا على الأقل.
       *[other] { $count } حرف على الأقل.
    }
field-organization-slug-hint = أحرف لاتينية صغيرة وأرقام وشرطات.
field-code-hint = ستة أرقام.
field-phone-number = رقم الهاتف
field-phone-number-hint = عند كتابة + في البداية يُعرف البلد تلقائيًا.
field-country = البلد
field-country-chosen = البلد: { $name }، { $code }
field-country-search = ابحث عن بلد
field-country-none = لا يوجد بلد بهذا الاسم.
field-username = اسم المستخدم
field-username-hint = من { $min } إلى { $max } من الأحرف اللاتينية والأرقام والشرطات والشرطات السفلية.
field-choose = يُرجى الاختيار
field-passkey-name = اسم مفتاح المرور

## Actions

action-continue = متابعة
action-sign-in = تسجيل الدخول
action-sign-up = إنشاء حساب
action-sign-out = تسجيل الخروج
action-save = حفظ
action-cancel = إلغاء
action-back = رجوع
action-add = إضافة
action-remove = إزالة
action-verify = التحقق
action-close = إغلاق
action-try-again = إعادة المحاولة
action-show-password = إظهار كلمة المرور
action-hide-password = إخفاء كلمة المرور
action-resend = إرسال رمز جديد
action-resend-in =
    { $seconds ->
        [zero] إرسال رمز جديد بعد { $seconds } ثانية
        [one] إرسال رمز جديد بعد ثانية واحدة
        [two] إرسال رمز جديد بعد ثانيتين
        [few] إرسال رمز جديد بعد { $seconds } ثوانٍ
        [many] إرسال رمز جديد بعد { $seconds } ثانية
       *[other] إرسال رمز جديد بعد { $seconds } ثانية
    }
action-use-password = استخدام كلمة المرور بدلًا من ذلك
action-use-email-code = تلقّي رمز بالبريد الإلكتروني بدلًا من ذلك
action-other-way = استخدام طريقة أخرى
action-copy = نسخ
action-download = تنزيل
action-print = طباعة
action-done = تم
action-rename = إعادة التسمية

## What is going on

status-saved = تم الحفظ.
status-code-sent = رمز جديد في الطريق إليك.
status-copied = تم النسخ.
status-removed = تمت الإزالة.

## Signing in

sign-in-title = تسجيل الدخول إلى { $application }
sign-in-subtitle = مرحبًا بعودتك. يُرجى تسجيل الدخول للمتابعة.
sign-in-password-title = إدخال كلمة المرور
sign-in-password-subtitle = كلمة المرور الخاصة بحسابك.
sign-in-code-title = يُرجى الاطّلاع على بريدك الإلكتروني
sign-in-code-subtitle = إذا كان العنوان { $address } مرتبطًا بحساب، فسيصل إليه رمز من ستة أرقام.
sign-in-no-account = ليس لديك حساب بعد؟
sign-in-done-title = تم تسجيل دخولك
sign-in-done-subtitle = تم تسجيل الدخول باسم { $name }.
sign-in-edit-identifier = تغيير عنوان البريد الإلكتروني
sign-in-edit-username = تغيير اسم المستخدم
sign-in-methods-title = استخدام طريقة أخرى
sign-in-methods-subtitle = تكفي أيٌّ من هذه الطرق لإثبات هويتك.
sign-in-field-username = اسم المستخدم
sign-in-field-phone-number = رقم الهاتف
sign-in-field-email-or-username = عنوان البريد الإلكتروني أو اسم المستخدم
sign-in-field-email-or-phone = عنوان البريد الإلكتروني أو رقم الهاتف
sign-in-field-username-or-phone = اسم المستخدم أو رقم الهاتف
sign-in-field-any = عنوان البريد الإلكتروني أو اسم المستخدم أو رقم الهاتف
sign-in-or = أو
sign-in-last-used = آخر طريقة
sign-in-transfer = إنشاء حساب به
sign-in-use-passkey = استخدام مفتاح مرور
sign-in-use-email-link = تلقّي رابط بالبريد الإلكتروني بدلًا من ذلك
sign-in-use-phone-code = تلقّي رمز في رسالة نصية بدلًا من ذلك
sign-in-use-totp = استخدام تطبيق المصادقة
sign-in-use-backup-code = استخدام رمز احتياطي
sign-in-forgot-password = هل نسيت كلمة المرور؟
sign-in-trouble = هل تواجه مشكلة؟
sign-in-trouble-subtitle = راسِلنا وسنساعدك على استعادة الدخول.
sign-in-trouble-action = مراسلة الدعم
sign-in-phone-code-title = يُرجى الاطّلاع على هاتفك
sign-in-second-code-subtitle = يُرجى إدخال الرمز المكوّن من ستة أرقام المُرسَل إلى { $address }.
sign-in-new-device = هذا المتصفّح جديد علينا، لذا نطلب إثباتًا إضافيًّا لهويتك.
sign-in-totp-title = التحقق بخطوتين
sign-in-totp-subtitle = يُرجى إدخال الرمز المكوّن من ستة أرقام الذي يعرضه تطبيق المصادقة.
sign-in-backup-code-title = إدخال رمز احتياطي
sign-in-backup-code-subtitle = أحد الرموز التي احتفظت بها لمثل هذا اليوم. يعمل كل رمز مرة واحدة.
sign-in-backup-code = رمز احتياطي
sign-in-trust-device = عدم السؤال مجددًا على هذا الجهاز
sign-in-reset-title = إعادة تعيين كلمة المرور
sign-in-new-password-title = اختيار كلمة مرور جديدة
sign-in-new-password-subtitle = ستسجّل الدخول بها من الآن فصاعدًا.
sign-in-new-password-needed = يجب ألا تُستخدم كلمة مرورك بعد الآن. يُرجى اختيار كلمة أخرى للمتابعة.
sign-in-sign-out-others = تسجيل الخروج من جميع الأجهزة الأخرى
sign-in-link-title = يُرجى الاطّلاع على بريدك الإلكتروني
sign-in-link-subtitle = إذا كان العنوان { $address } مرتبطًا بحساب، فسيصل إليه رابط. يُرجى فتحه في هذا المتصفّح.
sign-in-link-sending = لحظة من فضلك…
sign-in-link-waiting = في انتظار فتح الرابط…
sign-in-link-sent = رابط جديد في الطريق إليك.
sign-in-link-resend = إرسال رابط جديد
sign-in-link-resend-in =
    { $seconds ->
        [zero] إرسال رابط جديد بعد { $seconds } ثانية
        [one] إرسال رابط جديد بعد ثانية واحدة
        [two] إرسال رابط جديد بعد ثانيتين
        [few] إرسال رابط جديد بعد { $seconds } ثوانٍ
        [many] إرسال رابط جديد بعد { $seconds } ثانية
       *[other] إرسال رابط جديد بعد { $seconds } ثانية
    }
sign-in-link-expired = انتهت صلاحية الرابط. يُرجى طلب رابط جديد.
sign-in-link-failed = استُخدم الرابط من قبل أو أنه غير مكتمل. يُرجى طلب رابط جديد.
sign-in-link-failed-title = لم يعد هذا الرابط يعمل
sign-in-link-elsewhere-title = تم ذلك بنجاح
sign-in-link-elsewhere = يمكنك المتابعة من حيث طلبت الرابط.
sign-in-again = تسجيل الدخول من جديد
sign-in-passkey-title = استخدام مفتاح المرور
sign-in-passkey-subtitle = سيطلب جهازك بصمتك أو وجهك أو رمزه.
sign-in-accounts-title = اختيار حساب
sign-in-accounts-subtitle = هذه الحسابات مسجّلة الدخول هنا.
sign-in-as = المتابعة باسم { $name }
sign-in-add-account = إضافة حساب آخر
sign-in-out-of-all = تسجيل الخروج من جميع الحسابات
sign-in-organization-title = اختيار مؤسسة
sign-in-organization-subtitle = المؤسسة التي تريد العمل فيها الآن.
sign-in-organization-none = لست عضوًا في أي مؤسسة بعد. اطلب من أحد أعضائها دعوتك، ثم عُد إلى هنا.
sign-in-task-leave = لست { $name }؟ تسجيل الخروج
sign-in-set-up-title = إعداد التحقق بخطوتين
sign-in-set-up-subtitle = أضِف هذا الحساب إلى تطبيق مصادقة، ثم أدخِل الرمز الذي يعرضه.
sign-in-set-up-phone-subtitle = في كل مرة تسجّل فيها الدخول نرسل إليك رمزًا في رسالة نصية. إلى أي رقم نرسله؟
sign-in-set-up-use-phone = استخدام الرسائل النصية بدلًا من ذلك
sign-in-set-up-use-app = استخدام تطبيق مصادقة بدلًا من ذلك
totp-picture = المفتاح على شكل رمز QR
sign-in-set-up-open = فتح التطبيق على هذا الجهاز
sign-in-set-up-key = أو أدخِل هذا المفتاح في التطبيق:
sign-in-set-up-codes-title = الاحتفاظ بالرموز الاحتياطية
sign-in-set-up-codes-subtitle = يتيح كل رمز الدخول مرة واحدة حين لا يكون التطبيق أو الهاتف في متناولك. لن تُعرَض مرة أخرى.
sign-in-set-up-save = حفظ في ملف

## Signing up

sign-up-title = إنشاء حسابك
sign-up-subtitle = مرحبًا بك في { $application }. نحتاج إلى بعض المعلومات للبدء.
sign-up-code-title = التحقق من بريدك الإلكتروني
sign-up-code-subtitle = يُرجى إدخال الرمز المكوّن من ستة أرقام الذي أرسلناه إلى { $address }.
sign-up-have-account = هل لديك حساب بالفعل؟
sign-up-exists-title = لديك حساب بالفعل
sign-up-exists-subtitle = العنوان { $address } مرتبط بحساب. يُرجى تسجيل الدخول للمتابعة.
sign-up-restricted-title = التسجيل مغلق
sign-up-restricted-subtitle = الحسابات الجديدة متاحة بدعوة فقط.
sign-up-done-title = حسابك جاهز
sign-up-done-subtitle = تم تسجيل الدخول باسم { $name }.
sign-up-phone-code-title = التحقق من رقم هاتفك
sign-up-phone-code-subtitle = يُرجى إدخال الرمز المكوّن من ستة أرقام الذي أرسلناه إلى { $number }.
sign-up-edit-phone = تغيير رقم الهاتف
sign-up-use-phone = استخدام رقم هاتف بدلًا من ذلك
sign-up-use-email = استخدام عنوان بريد إلكتروني بدلًا من ذلك
sign-up-missing-title = أوشكنا على الانتهاء
sign-up-missing-subtitle = هذا كل ما ينقص لإنشاء حسابك.
sign-up-task-subtitle = حسابك جاهز. بقيت خطوة واحدة قبل أن تتمكّن من استخدامه.
sign-up-legal-title = خطوة أخيرة
sign-up-legal-subtitle = يُرجى قراءة هذا قبل المتابعة.
sign-up-legal-both = أوافق على { $terms } و{ $privacy }.
sign-up-legal-terms = أوافق على { $terms }.
sign-up-legal-privacy = أوافق على { $privacy }.
sign-up-terms = شروط الخدمة
sign-up-privacy = سياسة الخصوصية
sign-up-checking = نتحقق من أنك لست روبوتًا…
sign-up-waitlist-title = لم يُفتح التسجيل بعد
sign-up-waitlist-subtitle = تُفتح الحسابات الجديدة من قائمة الانتظار.

## The waiting list

waitlist-title = الانضمام إلى قائمة الانتظار
waitlist-subtitle = سنراسلك بمجرد أن يصبح { $application } متاحًا لك.
waitlist-join = الانضمام إلى قائمة الانتظار
waitlist-joined-title = أنت الآن على القائمة
waitlist-joined-subtitle = سنراسل { $address } عندما يحين دورك.

## Accounts elsewhere

social-group = حسابات في خدمات أخرى
social-continue = المتابعة باستخدام { $provider }
social-or = أو

## How hard a password is to guess

strength-good = كلمة المرور هذه يصعب تخمينها.
strength-weak = كلمة المرور هذه يسهل تخمينها.
strength-straight-row = صفوف المفاتيح المتتالية يسهل تخمينها.
strength-key-pattern = الأنماط القصيرة على لوحة المفاتيح يسهل تخمينها.
strength-simple-repeat = تكرار حرف واحد يسهل تخمينه.
strength-extended-repeat = تكرار بضعة أحرف يسهل تخمينه.
strength-sequences = التسلسلات مثل «abc» أو «6543» يسهل تخمينها.
strength-recent-years = السنوات القريبة يسهل تخمينها.
strength-dates = التواريخ يسهل تخمينها.
strength-top-ten = هذه إحدى كلمات المرور العشر الأكثر شيوعًا.
strength-top-hundred = هذه إحدى كلمات المرور المئة الأكثر شيوعًا.
strength-common = كلمة المرور هذه شائعة جدًا.
strength-similar-to-common = كلمة المرور هذه تشبه كلمة مرور شائعة.
strength-word-by-itself = الكلمة الواحدة وحدها يسهل تخمينها.
strength-names-by-themselves = الاسم وحده يسهل تخمينه.
strength-common-names = الأسماء الشائعة يسهل تخمينها.
strength-user-inputs = تحتوي على اسمك أو عنوانك.
strength-use-words = استخدم عدة كلمات لا علاقة بينها.
strength-no-need = لا حاجة إلى الرموز والأرقام والأحرف الكبيرة.
strength-another-word = أضف كلمة أو كلمتين.
strength-capitalization = الحرف الكبير في البداية لا يفيد كثيرًا.
strength-all-uppercase = كتابتها كلها بأحرف كبيرة لا تفيد كثيرًا.
strength-reverse-words = الكلمات المقلوبة لا تفيد كثيرًا.
strength-l33t = استبدال «a» بـ «@» لا يفيد كثيرًا.
strength-longer-keyboard-pattern = استخدم نمطًا أطول على لوحة المفاتيح بانعطافات أكثر.
strength-avoid-repeated = لا تكرر الكلمات أو الأحرف.
strength-avoid-sequences = تجنب التسلسلات.
strength-avoid-recent-years = تجنب السنوات القريبة.
strength-associated-years = تجنب السنوات المرتبطة بك.
strength-avoid-dates = تجنب التواريخ المرتبطة بك.

## إثبات الهوية من جديد

step-up-title = إثبات أنك صاحب الحساب
step-up-password = يُرجى إدخال كلمة المرور للمتابعة.
step-up-none = لا توجد طريقة لإثبات ذلك هنا. يُرجى تسجيل الخروج ثم الدخول والمحاولة مرة أخرى.

## The user button

user-button-open = فتح قائمة الحساب
user-button-open-of = { $name }: فتح قائمة الحساب
user-button-menu = الحساب
user-button-manage = إدارة الحساب

## Pictures

picture-title = الصورة
picture-logo = الشعار
picture-choose = اختيار صورة
picture-remove = إزالة الصورة
picture-hint = يمكنك أيضًا إفلات صورة أو لصقها هنا.
picture-place = الجزء الذي يُحتفَظ به من الصورة. يمكنك سحبه أو استخدام مفاتيح الأسهم.
picture-zoom = التكبير

## The user profile

user-profile-title = حسابك
user-profile-subtitle = من أنت هنا، وكيف تثبت ذلك.
user-profile-pages = صفحات حسابك
user-profile-account = الحساب
user-profile-security = الأمان
user-profile-delete = حذف الحساب
user-profile-delete-hint = سيُحذف حسابك وكل ما يخصك هنا نهائيًا، ولا يمكن لأحد استعادته.
user-profile-delete-label = اكتب «{ $phrase }» للمتابعة
user-profile-name = الاسم
user-profile-no-name = لا يوجد اسم بعد
user-profile-emails = عناوين البريد الإلكتروني
user-profile-password = كلمة المرور
user-profile-password-set = تم تعيين كلمة مرور.
user-profile-password-unset = لم يتم تعيين كلمة مرور.
user-profile-primary = أساسي
user-profile-unverified = لم يتم التحقق منه
user-profile-make-primary = تعيين كعنوان أساسي
user-profile-remove-email = إزالة { $address }
user-profile-make-primary-email = تعيين { $address } كعنوان أساسي
user-profile-verify-email = التحقق من { $address }
user-profile-add-email = إضافة عنوان بريد إلكتروني
user-profile-verify-title = التحقق من هذا العنوان
user-profile-verify-subtitle = يُرجى إدخال الرمز المكوّن من ستة أرقام الذي أرسلناه إلى { $address }.
# $address is an e-mail address.
user-profile-link-subtitle = أرسلنا رابطًا إلى { $address }. افتحه في هذا المتصفح.
user-profile-change-password = تغيير كلمة المرور
user-profile-set-password = تعيين كلمة مرور
user-profile-sign-out-others = تسجيل الخروج من جميع الأجهزة الأخرى
user-profile-password-changed = تم تغيير كلمة مرورك.
user-profile-sign-out = تسجيل الخروج من هذا المتصفح
user-profile-sign-out-title = الجلسة
user-profile-signed-out = يُرجى تسجيل الدخول لعرض حسابك.
user-profile-username = اسم المستخدم
user-profile-no-username = لا يوجد اسم مستخدم بعد
user-profile-change-username = تغيير اسم المستخدم
user-profile-set-username = اختيار اسم مستخدم
user-profile-phones = أرقام الهاتف
user-profile-add-phone = إضافة رقم هاتف
user-profile-verify-phone-title = التحقق من هذا الرقم
user-profile-make-primary-phone = تعيين { $number } كرقم أساسي
user-profile-passkeys = مفاتيح المرور
user-profile-passkeys-none = لا يوجد مفتاح مرور بعد. يتيح لك تسجيل الدخول دون كلمة مرور.
user-profile-passkeys-unsupported = لا يستطيع هذا المتصفح إنشاء مفاتيح مرور.
user-profile-add-passkey = إضافة مفتاح مرور
user-profile-rename-passkey = إعادة تسمية { $name }
user-profile-passkey-used = آخر استخدام في { $date }
user-profile-passkey-added = أُضيف في { $date }
user-profile-two-step = التحقق بخطوتين
user-profile-two-step-off = لا يُطلب شيء بعد الخطوة الأولى.
user-profile-totp = تطبيق المصادقة
user-profile-add-totp = إضافة تطبيق مصادقة
user-profile-totp-scan = امسح هذا بتطبيق المصادقة أو اكتب المفتاح فيه، ثم أدخل الرمز الذي يظهر.
user-profile-totp-secret = المفتاح
user-profile-totp-open = فتح في تطبيق على هذا الجهاز
user-profile-phone-factor = رسالة نصية إلى { $number }
user-profile-add-phone-factor = استخدام { $number } كخطوة ثانية
user-profile-default = افتراضي
user-profile-make-default = تعيين كافتراضي
user-profile-make-default-factor = طلب رسالة نصية إلى { $number } أولًا
user-profile-backup-codes = رموز احتياطية
user-profile-backup-codes-new = إنشاء رموز احتياطية جديدة
user-profile-backup-codes-shown = احتفظ بهذه الرموز في مكان آمن. يعمل كل منها مرة واحدة، ولا تعمل الرموز السابقة بعد الآن، ولن تظهر هذه مجددًا.
user-profile-connected = الحسابات المتصلة
user-profile-connected-none = لا يوجد حساب متصل من خدمة أخرى.
user-profile-connect = ربط { $provider }
user-profile-reconnect = إعادة الربط
# $provider is another service, e.g. "GitHub".
user-profile-reconnect-provider = إعادة ربط { $provider }
user-profile-connected-lost = يجب ربط هذا الحساب من جديد.
user-profile-connected-more = يطلب هذا التطبيق صلاحيات أوسع في هذا الحساب.
user-profile-devices = أماكن تسجيل دخولك
user-profile-this-device = هذا الجهاز
user-profile-device = { $browser } على { $device }
user-profile-device-unknown = جهاز غير معروف
user-profile-device-used = آخر استخدام: { $date }
user-profile-revoke-device = تسجيل الخروج من { $device }

## The organization switcher

organization-switcher-open = تبديل المؤسسة
organization-switcher-menu = المؤسسات
organization-switcher-personal = الحساب الشخصي
organization-switcher-manage = إدارة المؤسسة
organization-switcher-none = اختيار مؤسسة
organization-switcher-invitations = الدعوات
organization-switcher-join = انضمام
organization-switcher-count = { $count }
organization-switcher-waiting =
    { $count ->
        [zero] لا شيء بانتظارك
        [one] أمر واحد بانتظارك
        [two] أمران بانتظارك
        [few] { $count } أمور بانتظارك
        [many] { $count } أمرًا بانتظارك
       *[other] { $count } أمر بانتظارك
    }
organization-switcher-suggestions = الاقتراحات
organization-switcher-ask = طلب الانضمام
organization-switcher-asked = أُرسل الطلب
organization-switcher-requests =
    { $count ->
        [zero] لا طلبات
        [one] طلب واحد
        [two] طلبان
        [few] { $count } طلبات
        [many] { $count } طلبًا
       *[other] { $count } طلب
    }
organization-switcher-create = إنشاء مؤسسة
# Said of an organization (feminine) as of the personal account (masculine).
organization-switcher-role-admin = مشرف
organization-switcher-role-member = عضو

## The organization's profile

organization-profile-title = المؤسسة
organization-profile-subtitle = أعضاؤها وإعداداتها.
organization-profile-signed-out = يُرجى تسجيل الدخول لعرض مؤسستك.
organization-profile-none = لست في أي مؤسسة حاليًا. يُرجى اختيار واحدة أولًا.
organization-profile-pages = الصفحات
organization-profile-general = عام
organization-profile-members = الأعضاء
organization-profile-invitations = الدعوات
organization-profile-roles = الأدوار
organization-profile-profile = الملف التعريفي
organization-profile-leave = المغادرة
organization-profile-leave-action = مغادرة المؤسسة
organization-profile-leave-hint = لن تعود إليها إلا بدعوة.
organization-profile-leave-sure = مغادرة { $name }؟ ستفقد الوصول إلى كل ما فيها.
organization-profile-delete = الحذف
organization-profile-delete-action = حذف المؤسسة
organization-profile-delete-hint = يفقد أعضاؤها الوصول إليها ولا شيء يعيدها.
organization-profile-delete-confirm = اكتب «{ $name }» لحذفها
organization-profile-search = البحث عن الأعضاء
organization-profile-sort = الترتيب حسب
organization-profile-sort-oldest = الأقدم انضمامًا
organization-profile-sort-newest = الأحدث انضمامًا
organization-profile-sort-name = الاسم
organization-profile-sort-role = الدور
organization-profile-found =
    { $count ->
        [zero] لم يُعثر على أي عضو.
        [one] عُثر على عضو واحد.
        [two] عُثر على عضوين.
        [few] عُثر على { $count } أعضاء.
        [many] عُثر على { $count } عضوًا.
       *[other] عُثر على { $count } عضو.
    }
organization-profile-nobody = لا أحد بهذا الاسم.
organization-profile-member = العضو
organization-profile-joined = الانضمام
organization-profile-role = الدور
organization-profile-actions = الإجراءات
organization-profile-you = أنت
organization-profile-role-of = دور { $name }
organization-profile-remove-member = إزالة { $name }
organization-profile-range = { $first }–{ $last } من { $total }
organization-profile-previous = السابق
organization-profile-next = التالي
organization-profile-invite = دعوة أشخاص
organization-profile-addresses = عناوين البريد الإلكتروني
organization-profile-addresses-hint = يمكن إدخال عدة عناوين تفصل بينها فواصل أو مسافات أو أسطر جديدة.
organization-profile-invite-action = إرسال الدعوات
organization-profile-invited =
    { $count ->
        [zero] لم تُرسل أي دعوة.
        [one] الدعوة في طريقها.
        [two] الدعوتان في طريقهما.
        [few] { $count } دعوات في طريقها.
        [many] { $count } دعوة في طريقها.
       *[other] { $count } دعوة في طريقها.
    }
organization-profile-pending = الدعوات المفتوحة
organization-profile-pending-none = لا توجد دعوات مفتوحة.
organization-profile-address = العنوان
organization-profile-expires = صالحة حتى
organization-profile-resend = إعادة الإرسال
organization-profile-resend-to = إعادة الإرسال إلى { $address }
organization-profile-resent = أُعيد الإرسال.
organization-profile-revoke = سحب
organization-profile-revoke-of = سحب دعوة { $address }
organization-profile-requests = الطلبات
organization-profile-requests-none = لا أحد يطلب الانضمام.
organization-profile-asked = الطلب
organization-profile-accept = قبول
organization-profile-accept-of = قبول { $name }
organization-profile-reject = رفض
organization-profile-reject-of = رفض { $name }
organization-profile-domains = النطاقات
organization-profile-domains-none = لا يوجد نطاق بعد.
organization-profile-domains-hint = مثل example.com. يمكن دعوة كل من لديه عنوان فيه تلقائيًا.
organization-profile-domain = النطاق
organization-profile-add-domain = إضافة نطاق
organization-profile-verified = تم التحقق
organization-profile-verify-of = التحقق من { $name }
organization-profile-domain-address = عنوان بريد إلكتروني في النطاق
organization-profile-domain-address-hint = ما يسبق { $domain }. يُرسل إليه رمز.
organization-profile-domain-sent = أرسلنا رمزًا من ستة أرقام إلى { $address }.
# $domain is e.g. "example.com".
organization-profile-record-hint = أضف سجل TXT بهذا الاسم وهذه القيمة إلى منطقة { $domain } ثم ابحث عنه. قد يستغرق ظهوره في كل مكان بعض الوقت.
organization-profile-record-instead = استخدام سجل DNS بدلًا من ذلك
organization-profile-record-name = الاسم
organization-profile-record-value = القيمة
organization-profile-record-look = البحث عنه
organization-profile-record-missing = السجل غير موجود بعد. حاول مرة أخرى لاحقًا.
organization-profile-enrollment = من لديه عنوان فيه
organization-profile-enrollment-of = ما يحصل عليه من لديهم عنوان في { $name }
organization-profile-manual-invitation = يُدعى يدويًا
organization-profile-automatic-invitation = يُدعى تلقائيًا
organization-profile-automatic-suggestion = يمكنه طلب الانضمام
organization-profile-own-role = دورك
organization-profile-no-permissions = لا يتيح شيئًا يزيد على العضوية.
organization-profile-may-manage-profile = تغيير الاسم والعنوان
organization-profile-may-delete = حذف المؤسسة
organization-profile-may-read-members = عرض الأعضاء
organization-profile-may-manage-members = دعوة الأعضاء وتغييرهم وإزالتهم
organization-profile-may-read-domains = عرض النطاقات
organization-profile-may-manage-domains = إضافة النطاقات وإزالتها

## The list of organizations

organization-list-title = مؤسساتك
organization-list-subtitle = المؤسسة التي تريد العمل فيها الآن.
organization-list-signed-out = يُرجى تسجيل الدخول لعرض مؤسساتك.
organization-list-joined = أصبحت الآن عضوًا في { $name }.

## Creating an organization

create-organization-title = إنشاء مؤسسة
create-organization-subtitle = مساحة يعمل فيها فريقك معًا.
create-organization-submit = إنشاء المؤسسة
create-organization-signed-out = يُرجى تسجيل الدخول لإنشاء مؤسسة.
# $name is the organization.
create-organization-others = تم إنشاء { $name }
create-organization-others-subtitle = يمكنك إضافة شعار ودعوة آخرين، أو القيام بذلك لاحقًا.

## What went wrong

error-form-param-nil = يُرجى ملء هذا الحقل.
error-form-param-nil-legal-accepted = يُرجى الموافقة للمتابعة.
error-form-param-format-invalid = هذه القيمة لا تبدو صحيحة. يُرجى التحقق منها.
error-form-param-format-invalid-email-address = عنوان البريد الإلكتروني هذا غير مكتمل.
error-form-param-format-invalid-code = يتكوّن هذا الرمز من ستة أرقام. يُرجى إدخالها كلها.
error-form-param-format-invalid-slug = يُسمح فقط بأحرف لاتينية صغيرة وأرقام، وبشرطات مفردة بينها.
error-form-param-value-invalid = هذه القيمة غير مسموح بها.
error-form-param-max-length-exceeded = هذا النص أطول من اللازم.
error-form-param-max-length-exceeded-file = هذه الصورة كبيرة جدًا. يُرجى اختيار صورة لا تتجاوز 2 ميغابايت.
error-form-param-format-invalid-file = لا يمكن استخدام هذه الصورة. يُرجى اختيار ملف PNG أو JPEG أو WebP أو GIF.
error-form-identifier-exists = هذه القيمة مستخدَمة بالفعل. يُرجى اختيار غيرها.
error-form-password-incorrect = كلمة المرور غير صحيحة، أو لا يوجد حساب كهذا.
error-form-password-length-too-short =
    { $count ->
        [zero] يُرجى استخدام { $count } حرف على الأقل.
        [one] يُرجى استخدام حرف واحد على الأقل.
        [two] يُرجى استخدام حرفين على الأقل.
        [few] يُرجى استخدام { $count } أحرف على الأقل.
        [many] يُرجى استخدام { $count } حرفًا على الأقل.
       *[other] يُرجى استخدام { $count } حرف على الأقل.
    }
error-form-password-length-too-long =
    { $count ->
        [zero] يُرجى استخدام { $count } حرف على الأكثر.
        [one] يُرجى استخدام حرف واحد على الأكثر.
        [two] يُرجى استخدام حرفين على الأكثر.
        [few] يُرجى استخدام { $count } أحرف على الأكثر.
        [many] يُرجى استخدام { $count } حرفًا على الأكثر.
       *[other] يُرجى استخدام { $count } حرف على الأكثر.
    }
error-form-password-size-in-bytes-exceeded = كلمة المرور هذه أطول من اللازم.
error-form-new-password-matches-current = هذه كلمة مرورك الحالية. يُرجى اختيار غيرها.
error-form-password-pwned = كلمة المرور هذه معروفة من تسريب للبيانات. يُرجى اختيار غيرها.
error-form-password-not-strong-enough = من السهل جدًا تخمين كلمة المرور هذه. يُرجى جعلها أطول.
error-form-password-validation-failed = تنقص كلمة المرور هذه بعض أنواع الأحرف المطلوبة.
error-form-password-compromised = يجب عدم استخدام كلمة المرور هذه بعد الآن. يُرجى إعادة تعيينها.
error-form-identifier-not-found = لا يوجد حساب كهذا.
error-sign-up-if-missing-transfer = لا يوجد حساب بهذه البيانات بعد. أنشئ حسابًا للمتابعة.
error-form-username-invalid-length = يُرجى استخدام ما بين { $min } و{ $max } حرفًا.
error-form-username-invalid-character = يُسمح فقط بالأحرف اللاتينية والأرقام والشرطات والشرطات السفلية.
error-form-username-needs-non-number-char = يُرجى استخدام حرف واحد على الأقل ليس رقمًا.
error-form-param-format-invalid-phone-number = رقم الهاتف هذا غير مكتمل. يُرجى البدء بعلامة + ورمز البلد.
error-not-allowed-access = هذا العنوان أو الرقم غير مسموح به هنا.
error-unsupported-country-code = لا تُرسل رسائل نصية إلى هذا البلد.
error-form-code-incorrect = هذا الرمز غير صحيح. يُرجى التحقق منه وإعادة المحاولة.
error-verification-expired = انتهت صلاحية هذا الرمز. يُرجى طلب رمز جديد.
error-verification-failed = أُدخلت رموز خاطئة كثيرة. يُرجى طلب رمز جديد.
error-verification-invalid = لم يعد هنا ما يلزم التحقق منه.
error-strategy-for-user-invalid = لا يمكن استخدام هذه الطريقة هنا.
error-session-exists = تم تسجيل دخولك بالفعل.
error-sign-in-attempt-not-found = استغرق ذلك وقتًا أطول من اللازم. يُرجى البدء من جديد.
error-resource-not-found = لم يعد هذا العنصر موجودًا.
error-authentication-invalid = يُرجى تسجيل الدخول من جديد.
error-authorization-invalid = ليس لديك إذن لإجراء ذلك.
error-too-many-requests =
    { $seconds ->
        [zero] محاولات كثيرة جدًا. يُرجى الانتظار { $seconds } ثانية.
        [one] محاولات كثيرة جدًا. يُرجى الانتظار ثانية واحدة.
        [two] محاولات كثيرة جدًا. يُرجى الانتظار ثانيتين.
        [few] محاولات كثيرة جدًا. يُرجى الانتظار { $seconds } ثوانٍ.
        [many] محاولات كثيرة جدًا. يُرجى الانتظار { $seconds } ثانية.
       *[other] محاولات كثيرة جدًا. يُرجى الانتظار { $seconds } ثانية.
    }
error-identification-deletion-failed = لا يمكن إزالة هذا العنوان لأنه عنوانك الأساسي.
error-sign-up-mode-restricted = الحسابات الجديدة متاحة بدعوة فقط.
error-sign-up-restricted-waitlist = تُفتح الحسابات الجديدة من قائمة الانتظار فقط.
error-user-banned = تم إغلاق هذا الحساب.
error-user-locked = هذا الحساب مقفل لبعض الوقت. يُرجى إعادة المحاولة لاحقًا.
error-identifier-already-signed-in = تم تسجيل الدخول بهذا الحساب بالفعل.
error-oauth-access-denied = لم يُسمح بذلك هناك. يُرجى إعادة المحاولة أو استخدام طريقة أخرى.
error-oauth-provider-failed = لم تُجب الخدمة الأخرى كما ينبغي. يُرجى إعادة المحاولة أو استخدام طريقة أخرى.
error-external-account-not-found = لا يوجد هنا حساب مرتبط بذلك الحساب. يُرجى إنشاء حساب أولًا.
error-external-account-exists = ذلك الحساب مرتبط هنا بحساب آخر.
error-external-account-email-taken = عنوانه مرتبط هنا بحساب بالفعل. يُرجى تسجيل الدخول إلى ذلك الحساب أولًا ثم ربط الآخر.
error-passkey-not-registered = مفتاح المرور هذا غير معروف هنا. يُرجى استخدام طريقة أخرى.
error-passkey-invalid = لم يعمل مفتاح المرور. يُرجى إعادة المحاولة أو استخدام طريقة أخرى.
error-passkey-quota-exceeded = لديك أكبر عدد مسموح به من مفاتيح المرور. يُرجى إزالة أحدها أولًا.
error-session-reverification-required = يُرجى إثبات هويتك ثم إعادة المحاولة.
error-ticket-invalid = لم يعد هذا الرابط صالحًا. يُرجى طلب رابط آخر.
error-verification-link-client-mismatch = يُرجى فتح الرابط في المتصفح الذي طلبته منه.
error-captcha-required = يُرجى الانتظار لحظة ثم إعادة المحاولة: نتحقق من أنك لست برنامجًا آليًا.
error-captcha-invalid = استغرق ذلك وقتًا أطول من اللازم. يُرجى إعادة المحاولة.
error-totp-already-enabled = يوجد تطبيق مصادقة بالفعل.
error-organization-quota-exceeded = لا يمكنك إنشاء مؤسسة أخرى.
error-of-addresses = { $addresses }: { $error }
error-already-a-member-in-organization = هذا الشخص عضو بالفعل.
error-organization-membership-quota-exceeded = بلغت المؤسسة الحد الأقصى لعدد الأعضاء. يمكن لأحد مشرفيها إتاحة مكان.
error-organization-invitation-quota-exceeded = بلغ عدد الدعوات المفتوحة الحد الأقصى.
error-organization-domain-common = يمكن لأي شخص أن يملك عنوانًا في هذا النطاق. يُرجى استخدام نطاق خاص بكم.
error-organization-domain-quota-exceeded = بلغ عدد النطاقات الحد الأقصى.
error-organization-minimum-permissions-needed = يجب أن يبقى مسؤول واحد على الأقل. يُرجى تعيين شخص آخر أولًا.
error-origin-invalid = لا يُسمح لهذه الصفحة بتسجيل دخول المستخدمين. على مالكها إضافتها إلى المصادر المسموح بها.
error-request-body-invalid = تعذّرت قراءة الطلب. يُرجى إعادة المحاولة.
error-service-unavailable = نواجه ضغطًا كبيرًا حاليًا. لم يُفقد أي شيء؛ يُرجى إعادة المحاولة.
error-internal-error = حدث خطأ من جانبنا. لم يُفقد أي شيء؛ يُرجى إعادة المحاولة.
error-offline = يبدو أنه لا يوجد اتصال بالإنترنت. لم يُفقد أي شيء؛ يُرجى إعادة المحاولة.
error-load = تعذّر التحميل.

## Mails

mail-code-subject = { $code } هو رمزك في { $application }
mail-code-title = رمز التحقق الخاص بك
mail-code-body = يُرجى إدخال هذا الرمز في { $application } للمتابعة. الرمز صالح لمرة واحدة، ولمدة عشر دقائق.
mail-code-note = إذا لم يكن هذا الطلب منك، فيمكنك تجاهل هذه الرسالة. يُرجى عدم إطلاع أي شخص على الرمز أبدًا.
mail-domain-code-subject = { $code } يثبت النطاق لصالح { $organization }
mail-domain-code-title = رمز لـ { $organization }
mail-domain-code-body = يرغب أحدهم في أن يثبت في { $application } أن هذا العنوان تابع للمنظمة { $organization }. يُرجى إعطاؤه هذا الرمز إذا كان ذلك صحيحًا. قد يُدعى بعدها من لديهم عنوان في هذا النطاق إلى المنظمة.
mail-account-exists-subject = لديك حساب في { $application } بالفعل
mail-account-exists-title = لديك حساب بالفعل
mail-account-exists-body = حاول شخص ما، وربما أنت، إنشاء حساب في { $application } بهذا العنوان. العنوان مرتبط بحساب بالفعل، لذا يكفي تسجيل الدخول.
mail-account-exists-code = إذا كانت المحاولة منك، فيُرجى إدخال هذا الرمز حيث طُلب منك:
mail-reset-subject = { $code } هو رمزك في { $application }
mail-reset-title = اختيار كلمة مرور أخرى
mail-reset-body = يُرجى إدخال هذا الرمز في { $application } لاختيار كلمة مرور أخرى. الرمز صالح لمرة واحدة، ولمدة عشر دقائق.
mail-link-subject = المتابعة إلى { $application }
mail-link-title = المتابعة بهذا الرابط
mail-link-body = يُرجى فتح هذا الرابط للمتابعة إلى { $application }. الرابط صالح لمرة واحدة، ولمدة عشر دقائق.
mail-link-note = إذا لم يكن هذا الطلب منك، فيمكنك تجاهل هذه الرسالة. يُرجى عدم إعطاء الرابط لأي شخص أبدًا.
mail-link-action = متابعة
mail-invitation-subject = وصلتك دعوة إلى { $application }
mail-invitation-title = وصلتك دعوة إلى { $application }
mail-invitation-body = دعاك شخص ما إلى إنشاء حساب في { $application }. يُرجى فتح هذا الرابط لقبول الدعوة.
mail-invitation-note = إذا لم تعرف سبب الدعوة، فيمكنك تجاهل هذه الرسالة.
mail-organization-invitation-subject = وصلتك دعوة إلى { $organization } على { $application }
mail-organization-invitation-title = الانضمام إلى { $organization }
mail-organization-invitation-body = دعاك { $inviter } إلى { $organization } على { $application }. يُرجى فتح هذا الرابط للانضمام.
mail-organization-invitation-body-plain = وصلتك دعوة إلى { $organization } على { $application }. يُرجى فتح هذا الرابط للانضمام.
mail-new-device-subject = تسجيل دخول جديد إلى { $application }
mail-new-device-title = تم تسجيل الدخول من جهاز جديد
mail-new-device-body = تم للتو استخدام حسابك في { $application } عبر { $device } من { $address }.
mail-factor-added-subject = أُضيفت إلى حسابك في { $application } طريقة أخرى لإثبات هويتك
mail-factor-added-title = أُضيفت طريقة لإثبات هويتك
mail-factor-added-body = أُضيفت للتو إلى حسابك في { $application } طريقة أخرى لإثبات هويتك.
mail-factor-removed-subject = أُزيلت من حسابك في { $application } طريقة لإثبات هويتك
mail-factor-removed-title = أُزيلت طريقة لإثبات هويتك
mail-factor-removed-body = أُزيلت للتو من حسابك في { $application } طريقة لإثبات هويتك.
mail-factor-note = إذا لم يكن ذلك منك، فيُرجى تسجيل الدخول وتغيير كلمة المرور فورًا.
text-code = { $code } هو رمزك في { $application }. يُرجى عدم إخبار أي شخص به أبدًا.
mail-password-changed-subject = تم تغيير كلمة مرورك في { $application }
mail-password-changed-title = تم تغيير كلمة مرورك
mail-password-changed-body = تم للتو تغيير كلمة مرور حسابك في { $application }.
mail-password-changed-note = إذا لم يكن هذا التغيير منك، فيُرجى تسجيل الدخول برمز وتغيير كلمة المرور فورًا.
mail-primary-address-changed-subject = تم تغيير عنوانك في { $application }
mail-primary-address-changed-title = تصل الرسائل الآن إلى عنوان آخر
mail-primary-address-changed-body = العنوان الأساسي لحسابك في { $application } هو الآن { $address }.
mail-primary-address-changed-note = إذا لم يكن هذا التغيير منك، فيُرجى تسجيل الدخول واستعادة العنوان السابق فورًا.
mail-address-removed-subject = أُزيل هذا العنوان من حسابك في { $application }
mail-address-removed-title = أُزيل هذا العنوان
mail-address-removed-body = لم يعد بإمكانك تسجيل الدخول إلى { $application } بهذا العنوان، وتصل الرسائل المتعلقة بحسابك إلى عنوان آخر.
mail-address-removed-note = إذا لم يكن هذا التغيير منك، فيُرجى تسجيل الدخول بعنوان آخر أو رقم آخر وتغيير كلمة المرور فورًا.

## Hosted pages

page-sign-in-title = تسجيل الدخول
page-sign-up-title = إنشاء حساب
page-user-title = حسابك
page-organization-title = المؤسسة
page-noscript = يتطلب تسجيل الدخول JavaScript. يُرجى السماح به لهذه الصفحة.
page-link-body = لا تتابع إلا إذا طلبت هذا الرابط باستخدام { $device }. وإلا فأغلق هذه الصفحة.
