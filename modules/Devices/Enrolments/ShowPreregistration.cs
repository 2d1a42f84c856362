using Loa.Contracts.Devices;
using Loa.Devices.Data;
using Loa.Devices.Registry;
using Loa.Kernel;
using Loa.Ui;
using Loa.Writing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Loa.Devices.Enrolments;

/// <summary>
/// A technician brings a list of speakers with their keys and sees what each line would lead to, before anything is
/// entered; each officer sees his own lists.
/// </summary>
sealed class ShowPreregistration(
    DevicesDb db,
    Sight sight,
    PlanPreregistration plan,
    PlacementSigning signing,
    TimeProvider clock
) : IUseCase
{
    const string UsualName = "speakers.csv";
    const int Latest = 10;
    const int LargestFile = 4 * 1024 * 1024;

    // Beside the file a form has its boundaries and names.
    static readonly FormBounds bounds = new(Values: 16, Bytes: LargestFile + 64 * 1024);
    static readonly TimeSpan KeptFor = TimeSpan.FromDays(7);

    public record Response(
        Preregistration? List,
        PreregistrationPlan? Plan,
        bool SignsHere,
        IReadOnlyList<Preregistration> Lists
    );

    public record Brought(Guid Id, int Lines, int New, int KeyAdded, int Unchanged, IReadOnlyList<Fault> Faults);

    public record Fault(int Line, string Column, string Code, string Text);

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/speakers/beforehand", () => Page(null)).RequireRight(DevicesRights.ClaimSpeakers);
        routes
            .MapGet("/speakers/beforehand/{id:guid}", (Guid id) => Page(id))
            .RequireRight(DevicesRights.ClaimSpeakers);
        routes.MapPost("/speakers/beforehand", Post).LimitBody(bounds.Bytes).RequireRight(DevicesRights.ClaimSpeakers);
    }

    static RazorComponentResult<PreregistrationPage> Page(Guid? id) =>
        UiModule.Show<PreregistrationPage>(new { Id = id });

    static async Task<IResult> Post(ShowPreregistration useCase, HttpContext http, CancellationToken cancel)
    {
        var (name, text) = await Read(http, cancel);
        var brought = await useCase.Bring(name, text, cancel);
        return Answer.Created(http, $"/speakers/beforehand/{brought.Id}", brought);
    }

    static async Task<(string Name, string Text)> Read(HttpContext http, CancellationToken cancel)
    {
        if (!http.Request.HasFormContentType)
            return (UsualName, CsvText.Decode(await AirBody.Read(http.Request.Body, LargestFile, cancel)));
        var form = await Forms.Read(http, bounds);
        if (form.Files.GetFile("file") is not { Length: > 0 } file)
            throw new InvalidException("file", "required");
        await using var content = file.OpenReadStream();
        return (NameOf(file), CsvText.Decode(await AirBody.Read(content, LargestFile, cancel)));
    }

    static string NameOf(IFormFile file) =>
        Line.TryRead(Path.GetFileName(file.FileName), out var name) && name.Length > 0 ? name : UsualName;

    public async Task<Brought> Bring(string name, string text, CancellationToken cancel)
    {
        var now = clock.Moment();
        var list = new Preregistration
        {
            Id = Guid.CreateVersion7(),
            OfficerId = sight.OfficerId!.Value,
            By = sight.OfficerName,
            FileName = name.Length <= 200 ? name : name[..200],
            Text = text,
            At = now,
        };
        var planned = await plan.Run(list, cancel);
        var old = now - KeptFor;
        await db.Atomically(
            async () =>
            {
                await db.Preregistrations.Where(p => p.At < old).ExecuteDeleteAsync(cancel);
                await MakeRoom(list.OfficerId, cancel);
                db.Add(list);
            },
            cancel
        );
        return new(
            list.Id,
            planned.Lines.Count,
            planned.Count(LineOutcome.New),
            planned.Count(LineOutcome.KeyAdded),
            planned.Count(LineOutcome.Unchanged),
            [.. planned.Faults.Select(f => new Fault(f.Line, f.Column, f.Code, f.Text))]
        );
    }

    // The newest are shown; what is older and not entered is only a file that he has.
    async Task MakeRoom(Guid officer, CancellationToken cancel)
    {
        var beyond = await db
            .Preregistrations.Where(p => p.OfficerId == officer && p.DoneAt == null)
            .OrderByDescending(p => p.At)
            .ThenByDescending(p => p.Id)
            .Select(p => p.Id)
            .Skip(Latest - 1)
            .ToListAsync(cancel);
        await db.Preregistrations.Where(p => beyond.Contains(p.Id)).ExecuteDeleteAsync(cancel);
    }

    public async Task<Response> Run(Guid? id, CancellationToken cancel)
    {
        var officer = sight.OfficerId!.Value;
        var list = id is { } known ? await Find(known, cancel) : null;
        var lists = await db
            .Preregistrations.AsNoTracking()
            .Where(p => p.OfficerId == officer)
            .OrderByDescending(p => p.At)
            .Take(Latest)
            .ToListAsync(cancel);
        var planned = list is { DoneAt: null } ? await plan.Run(list, cancel) : null;
        return new(list, planned, signing.SignsHere, lists);
    }

    public async Task<Preregistration> Find(Guid id, CancellationToken cancel)
    {
        var officer = sight.OfficerId!.Value;
        return await db
                .Preregistrations.AsNoTracking()
                .FirstOrDefaultAsync(p => p.Id == id && p.OfficerId == officer, cancel)
            ?? throw new MissingException("beforehand");
    }
}
