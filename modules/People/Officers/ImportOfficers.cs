using System.ComponentModel.DataAnnotations;
using Loa.Contracts.People;
using Loa.Kernel;
using Loa.People.Data;
using Loa.People.Units;
using Loa.Ui;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Loa.People.Officers;

/// <summary>
/// An administrator brings a list of officers, sees what each line would lead to, and takes them in at once: all of them, or
/// those without a fault. A list brought twice adds nobody twice.
/// </summary>
sealed class ImportOfficers(PeopleDb db, PlanOfficers plan, RegisterOfficer register) : IUseCase
{
    const int LargestFile = 64 * 1024;

    static readonly FormBounds bounds = new(Values: 8, Bytes: 2 * LargestFile);

    /// <param name="List">The text of the list.</param>
    /// <param name="GoodOnly">Lines with a fault are left out; else they refuse the whole list.</param>
    public record Request([Prose, MaxLength(LargestFile)] string List, bool GoodOnly = false);

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes
            .MapGet("/officers/import", () => UiModule.Show<ImportOfficersPage>(new { }))
            .RequireRight(PeopleRights.ManageOfficers);
        routes.MapPost("/officers/import/plan", Look).LimitBody(bounds.Bytes).RequireRight(PeopleRights.ManageOfficers);
        routes.MapPost("/officers/import", Post).RequireRight(PeopleRights.ManageOfficers);
    }

    static async Task<IResult> Look(PlanOfficers plan, HttpContext http, CancellationToken cancel)
    {
        var text = await Read(http, cancel);
        return http.Request.HasFormContentType
            ? UiModule.Show<ImportOfficersPage>(new { List = text })
            : TypedResults.Ok(await plan.Run(text, cancel));
    }

    static async Task<string> Read(HttpContext http, CancellationToken cancel)
    {
        if (!http.Request.HasFormContentType)
            return CsvText.Decode(await AirBody.Read(http.Request.Body, LargestFile, cancel));
        var form = await Forms.Read(http, bounds);
        if (form.Files.GetFile("file") is not { Length: > 0 } file)
            throw new InvalidException("file", "required");
        await using var content = file.OpenReadStream();
        return CsvText.Decode(await AirBody.Read(content, LargestFile, cancel));
    }

    static async Task<IResult> Post(
        Input<Request> input,
        ImportOfficers useCase,
        HttpContext http,
        CancellationToken cancel
    )
    {
        var entered = await useCase.Run(input.Value, cancel);
        http.Response.Headers.CacheControl = "no-store";
        return http.Request.HasFormContentType
            ? UiModule.Show<ImportOfficersPage>(
                new { Entered = entered.Select(e => (e.UserName, e.Password, e.GoodUntil)).ToList() }
            )
            : TypedResults.Ok(entered);
    }

    /// <summary>The invitations, told this once.</summary>
    public async Task<IReadOnlyList<Invitation>> Run(Request request, CancellationToken cancel)
    {
        var planned = await plan.Run(request.List, cancel);
        Refuse.If(
            !request.GoodOnly && planned.Count(OfficerLineOutcome.Fault) > 0,
            "officers.import.faults",
            planned.Count(OfficerLineOutcome.Fault)
        );
        Newcomer[] newcomers =
        [
            .. planned.Lines.Select(line => line.Request).OfType<RegisterOfficer.Request>().Select(register.Prepare),
        ];
        return await db.Atomically(
            async () =>
            {
                var units = await UnitHistory.Read(db, cancel);
                var invitations = new List<Invitation>();
                foreach (var newcomer in newcomers)
                    invitations.Add(await register.Enter(newcomer, units, cancel));
                return invitations;
            },
            cancel
        );
    }
}
