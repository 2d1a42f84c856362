using System.ComponentModel.DataAnnotations;
using System.Globalization;
using Loa.Kernel;
using Loa.Notices.Addresses;
using Loa.Notices.Data;
using Loa.Notices.Delivery;
using Loa.Notices.Mail;
using Loa.Notices.Raised;
using Loa.Ui;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using MimeKit;

namespace Loa.Notices.Settings;

/// <summary>An officer says how he wants to be told. Of what his posts do not show him nothing is said, so nothing is changed.</summary>
sealed class SaveChoices(NoticesDb db, NoticeKinds kinds, IEnumerable<IWay> ways, MailAddresses addresses, Sight sight)
    : IUseCase
{
    const int MostTold = 500;

    /// <param name="Told">"kind:way" for each kind that he wants to be told by a way.</param>
    public record Request(
        [MaxLength(254), RegularExpression(@"^[\x21-\x3f\x41-\x7e]+@[A-Za-z0-9.-]+\.[A-Za-z]{2,}$")]
            string? Mail = null,
        [MaxLength(20), RegularExpression(@"^\+?[0-9 .]{8,19}$")] string? Phone = null,
        bool Daily = false,
        [Clock] string? QuietFrom = null,
        [Clock] string? QuietTo = null,
        [MaxLength(MostTold)] string[]? Told = null
    );

    public static void Map(IEndpointRouteBuilder routes) => routes.MapPost("/notices/choices", Post).RequireSignIn();

    static async Task<IResult> Post(
        Input<Request> input,
        SaveChoices useCase,
        HttpContext http,
        CancellationToken cancel
    )
    {
        var mustProve = await useCase.Run(input.Value, cancel);
        http.Say("notices.choices.saved");
        return Answer.Done(http, mustProve ? ConfirmMail.Path : "/notices/choices", new { });
    }

    /// <returns>Whether his address is still to be proved.</returns>
    async Task<bool> Run(Request request, CancellationToken cancel)
    {
        if (Filled(request.Mail) is { } mail && !MailboxAddress.TryParse(mail, out _))
            throw new InvalidException("mail", "email-address");
        if (Filled(request.QuietFrom) is null != Filled(request.QuietTo) is null)
            throw new InvalidException(Filled(request.QuietFrom) is null ? "quietFrom" : "quietTo", "required");
        var me = sight.OfficerId!.Value;
        return await db.Atomically(
            async () =>
            {
                var choice = await db.Choices.FirstOrDefaultAsync(c => c.OfficerId == me, cancel);
                if (choice is null)
                    db.Add(choice = new NoticeChoice { OfficerId = me });
                Take(choice, request);
                // Where no letters are sent, nobody was asked for an address.
                if (!ways.Any(w => w is { IsOffered: true, Name: MailWay.Word }))
                    return false;
                await addresses.Take(choice, Filled(request.Mail), cancel);
                await db.SaveChangesAsync(cancel);
                return await db.Proof(me, cancel) is not null;
            },
            cancel
        );
    }

    void Take(NoticeChoice choice, Request request)
    {
        choice.Language = CultureInfo.CurrentUICulture.TwoLetterISOLanguageName;
        (choice.Phone, choice.Daily) = (Filled(request.Phone), request.Daily);
        (choice.QuietFrom, choice.QuietTo) = (Filled(request.QuietFrom), Filled(request.QuietTo));
        var told = request.Told ?? [];
        string[] shown =
        [
            .. from kind in kinds.All
            where sight.May(kind.Right)
            from way in ways
            where way.IsOffered && way.Carries(kind)
            select $"{kind.Name}:{way.Name}",
        ];
        choice.Silenced = string.Join(
            ' ',
            choice.Silenced.Split(' ', StringSplitOptions.RemoveEmptyEntries).Except(shown).Concat(shown.Except(told))
        );
    }

    static string? Filled(string? text) => string.IsNullOrWhiteSpace(text) ? null : text;
}
