using Loa.Contracts.Notices;
using Loa.Kernel;
using Loa.Notices.Addresses;
using Loa.Notices.Data;
using Loa.Notices.Delivery;
using Loa.Notices.Raised;
using Loa.Ui;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Loa.Notices.Settings;

/// <summary>An officer looks at how he is told: of what, by which way, and when not.</summary>
sealed class ShowChoices(NoticesDb db, NoticeKinds kinds, IEnumerable<IWay> ways, Sight sight) : IUseCase
{
    /// <param name="Offered">The ways by which he can be told of it.</param>
    /// <param name="Ways">Those by which he is.</param>
    public sealed record Row(string Kind, IReadOnlyList<string> Offered, IReadOnlyList<string> Ways);

    /// <param name="Ways">That the province has.</param>
    /// <param name="MailAsked">The address that is still to be proved.</param>
    public sealed record Response(
        IReadOnlyList<string> Ways,
        IReadOnlyList<Row> Kinds,
        string? Mail,
        string? MailAsked,
        string? Phone,
        bool Daily,
        string? QuietFrom,
        string? QuietTo
    );

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/notices/choices", () => UiModule.Show<ChoicesPage>(new { })).RequireSignIn();
        routes.MapGet("/api/notices/choices", Get).RequireSignIn();
    }

    static Task<Response> Get(ShowChoices useCase, CancellationToken cancel) => useCase.Run(cancel);

    public async Task<Response> Run(CancellationToken cancel)
    {
        var me = sight.OfficerId!.Value;
        var choice =
            await db.Choices.AsNoTracking().FirstOrDefaultAsync(c => c.OfficerId == me, cancel)
            ?? new NoticeChoice { OfficerId = me };
        IWay[] offered = [.. ways.Where(w => w.IsOffered)];
        return new(
            [.. offered.Select(w => w.Name)],
            [.. kinds.All.Where(kind => sight.May(kind.Right)).Select(kind => Of(kind, choice, offered))],
            choice.Mail,
            (await db.Proof(me, cancel))?.Address,
            choice.Phone,
            choice.Daily,
            choice.QuietFrom,
            choice.QuietTo
        );
    }

    static Row Of(NoticeKind kind, NoticeChoice choice, IWay[] offered)
    {
        string[] names = [.. offered.Where(w => w.Carries(kind)).Select(w => w.Name)];
        return new(kind.Name, names, [.. names.Where(way => !choice.IsSilenced(kind.Name, way))]);
    }
}
