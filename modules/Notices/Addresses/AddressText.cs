using Loa.Contracts.Notices;
using Loa.Kernel;
using Loa.Notices.Delivery;
using Loa.Ui;
using Microsoft.Extensions.Options;

namespace Loa.Notices.Addresses;

/// <summary>What a letter about an address says. To one that is not proved it names nobody, for it may be a stranger's.</summary>
sealed class AddressText(IOptions<DeliveryOptions> options)
{
    public PlainLetter Of(AddressLetter letter, NoticeChoice to, Sight sight) =>
        ShortText.In(to, () => letter.Proves ? Proof(letter) : Farewell(letter, sight));

    PlainLetter Proof(AddressLetter letter)
    {
        var link = options.Value.LinkTo($"{ConfirmMail.Path}?code={letter.Code}");
        return new(
            letter.Address,
            Words.Get("notices.mail.proof.subject", letter.Code),
            Words.Get("notices.mail.proof.text", letter.Address, letter.Code)
                + (link is null ? "" : $"\n\n{link}")
                + "\n\n"
                + Words.Get("notices.mail.proof.stranger")
                + "\n"
        );
    }

    static PlainLetter Farewell(AddressLetter letter, Sight sight) =>
        new(
            letter.Address,
            Words.Get("notices.mail.left.subject"),
            Words.Get("notices.letter.hello", sight.OfficerName)
                + "\n\n"
                + Words.Get("notices.mail.left.text", letter.Address, letter.At.Shown())
                + "\n"
        );
}
