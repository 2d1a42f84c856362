using System.ComponentModel.DataAnnotations;
using Loa.Air;
using Loa.Contracts.Trust;
using Loa.Kernel;
using Loa.Ui;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Loa.Trust.HandingOver;

/// <summary>
/// An administrator of the whole province brings back what the root's keeper signed: another root takes the place of the one of
/// today. The keeper tells him the next root's number, so that neither can do it alone or by mistake.
/// </summary>
sealed class HandOverRoot(RootHandOver handOver, Sight sight) : IUseCase
{
    /// <param name="Documents">The change and what the next root signed, one text a line.</param>
    /// <param name="Number">The next root's number, as the keeper told it.</param>
    public record Request(
        [Prose, MaxLength(1024 * 1024)] string Documents,
        [MaxLength(40)] string Number,
        [Prose, MaxLength(2000)] string Reason
    );

    public record Response(string Root, DateTimeOffset Until);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/trust/root", Post).RequireRight(TrustRights.ManageTrust);

    static async Task<IResult> Post(
        Input<Request> input,
        HandOverRoot useCase,
        HttpContext http,
        CancellationToken cancel
    )
    {
        var response = await useCase.Run(input.Value, cancel);
        http.Say("trust.root-handed-over");
        return Answer.Done(http, "/trust/root", response);
    }

    public async Task<Response> Run(Request request, CancellationToken cancel)
    {
        var actor = sight.DemandTrust([]);
        var papers = HandOverPapers.Read(request.Documents);
        Refuse.Unless(IsNumberOf(papers.Next.KeyId, request.Number), "trust.root-number");
        var change = await handOver.Take(papers, actor, request.Reason, cancel);
        return new(change.Kid, change.Expires);
    }

    static bool IsNumberOf(string root, string typed) =>
        ClaimCheck.RootNumber(root).Replace(" ", "", StringComparison.Ordinal)
        == string.Concat(typed.Where(char.IsAsciiDigit));
}
