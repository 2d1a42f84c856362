using System.ComponentModel.DataAnnotations;
using System.Text;
using System.Text.Json;
using Loa.Air;
using Loa.Contracts.Devices;
using Loa.Devices.Data;
using Loa.Jose;
using Loa.Kernel;
using Loa.Papers;
using Loa.Ui;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Loa.Devices.Packages;

/// <summary>A technician brings a package: unsigned, to be signed in his browser, or with a signature made elsewhere.</summary>
sealed class UploadPackage(
    DevicesDb db,
    Sight sight,
    PaperStore papers,
    PackageBudget budget,
    PackageCases packages,
    PackageCheck check,
    TimeProvider clock
) : IUseCase
{
    /// <param name="Models">One a line, or separated by commas; all when left out.</param>
    /// <param name="Units">All units of his posts when left out.</param>
    public record Request(
        [AllowedValues("software", "configuration")] string Kind,
        [Range(1, PackageVersion.Last)] long Version,
        [MaxLength(64)] string Label,
        [Range(1, 3650)] int Days = 365,
        [Prose, MaxLength(1000)] string? Models = null,
        [MaxLength(200)] Guid[]? Units = null
    );

    /// <param name="Signed">The loa-package, and the delegation of its key when it is not known here; one a line.</param>
    public record SignedRequest([Prose, MaxLength(34 * 1024)] string Signed);

    public record Response(Guid Id, string Digest, string State);

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/packages/new", Page).RequireRight(DevicesRights.UpdateSpeakers);
        routes.MapPost("/packages", Post).RequireRight(DevicesRights.UpdateSpeakers);
        routes.MapPost("/packages/signed", PostSigned).RequireRight(DevicesRights.UpdateSpeakers);
    }

    static RazorComponentResult<NewPackagePage> Page() => UiModule.Show<NewPackagePage>(new { });

    static async Task<IResult> Post(
        ArchiveInput<Request> input,
        UploadPackage useCase,
        HttpContext http,
        CancellationToken cancel
    )
    {
        var stored = await useCase.Run(input.Value, input.Archive, cancel);
        http.Say("packages.uploaded");
        return Answer.Created(http, $"/packages/{stored.Id}", stored);
    }

    static async Task<IResult> PostSigned(
        ArchiveInput<SignedRequest> input,
        UploadPackage useCase,
        HttpContext http,
        CancellationToken cancel
    )
    {
        var stored = await useCase.Run(input.Value, input.Archive, cancel);
        http.Say("packages.signed");
        return Answer.Created(http, $"/packages/{stored.Id}", stored);
    }

    public async Task<Response> Run(Request request, IFormFile archive, CancellationToken cancel)
    {
        Guid[] units = request.Units is { Length: > 0 } wanted
            ? wanted
            : [.. sight.Over(DevicesRights.UpdateSpeakers).Roots];
        var actor = PackageCheck.Demand(sight, units);
        using var incoming = await Receive(archive, cancel);
        var paper = incoming.Paper;
        var now = clock.Moment();
        var package = new Package(
            Guid.CreateVersion7(),
            Enum.Parse<PackageKind>(request.Kind, ignoreCase: true),
            request.Version,
            request.Label.Trim(),
            ModelsOf(request.Models),
            units,
            paper.Digest,
            paper.Length,
            now,
            now.AddDays(request.Days)
        );
        if (!package.IsWithinBounds())
            throw new InvalidException("models", "max-length");
        var document = JsonSerializer.Serialize(package, Package.Shape);
        await Store(incoming, actor, now, () => packages.Upload(package, document, actor, now, cancel), cancel);
        return new(package.Id, paper.Digest, PackageProcedure.Draft);
    }

    public async Task<Response> Run(SignedRequest request, IFormFile archive, CancellationToken cancel)
    {
        // A maker's machine that is never on a line may have older software.
        string[] given =
        [
            .. request.Signed.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Select(Jws.Low),
        ];
        if (given.Length == 0)
            throw new InvalidException("signed", "required");
        var found = await check.Check(given[0], given[1..], cancel);
        var package = found.Signed.Document;
        using var incoming = await Receive(archive, cancel);
        var paper = incoming.Paper;
        Refuse.If(paper.Digest != package.Digest || paper.Length != package.Length, "package.another-archive");
        var now = clock.Moment();
        await Store(
            incoming,
            found.Actor,
            now,
            async () =>
            {
                Refuse.If(await db.Packages.FindAsync([package.Id], cancel) is not null, "package.known");
                var document = Encoding.UTF8.GetString(found.Signed.Jws.Payload);
                await packages.Upload(package, document, found.Actor, now, cancel);
                await packages.Sign(package.Id, found.Signed.Compact, found.Delegations, found.Actor, now, cancel);
            },
            cancel
        );
        return new(package.Id, paper.Digest, PackageProcedure.Signed);
    }

    // Refused, it leaves no byte behind: the archive gets its name as the last of what can fail.
    async Task Store(
        IncomingPaper incoming,
        ActingOfficer actor,
        DateTimeOffset now,
        Func<Task> upload,
        CancellationToken cancel
    )
    {
        using var turn = await budget.Turn(cancel);
        await db.Atomically(
            async () =>
            {
                await PackageBudget.RefuseTooMany(db, actor.OfficerId, incoming.Paper.Length, now, cancel);
                await upload();
                incoming.Keep();
            },
            cancel
        );
    }

    async Task<IncomingPaper> Receive(IFormFile archive, CancellationToken cancel)
    {
        await using (var content = archive.OpenReadStream())
            await Archive.Check(content, cancel);
        await using var again = archive.OpenReadStream();
        return await papers.Receive(again, cancel);
    }

    static string[] ModelsOf(string? text) =>
        (text ?? "").Split([',', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
