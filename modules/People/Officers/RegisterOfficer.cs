using System.ComponentModel.DataAnnotations;
using System.Text.Json.Nodes;
using Loa.Cases;
using Loa.Contracts.People;
using Loa.Kernel;
using Loa.People.Credentials;
using Loa.People.Data;
using Loa.People.Units;
using Loa.Ui;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Loa.People.Officers;

/// <summary>An administrator takes in an officer with his first post, and gets the invitation to hand over.</summary>
sealed class RegisterOfficer(
    PeopleDb db,
    Invitations invitations,
    ILookupNormalizer normalizer,
    Sight sight,
    TimeProvider clock
) : IUseCase
{
    public const string UserNames = "^[a-z0-9][a-z0-9._-]{2,63}$";

    public record Request(
        [MaxLength(200)] string OfficerName,
        [MaxLength(64), RegularExpression(UserNames)] string UserName,
        Guid PostUnit,
        [MaxLength(40)] string PostRole,
        DateOnly? PostFrom,
        DateOnly? PostTo
    );

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes
            .MapGet("/officers/new", () => UiModule.Show<NewOfficerPage>(new { }))
            .RequireRight(PeopleRights.ManageOfficers);
        routes.MapPost("/officers", Post).RequireRight(PeopleRights.ManageOfficers);
    }

    static async Task<IResult> Post(
        Input<Request> input,
        RegisterOfficer useCase,
        HttpContext http,
        CancellationToken cancel
    ) => Invitations.Show(http, await useCase.Run(input.Value, cancel));

    public Task<Invitation> Run(Request request, CancellationToken cancel)
    {
        var newcomer = Prepare(request);
        return db.Atomically(async () => await Enter(newcomer, await UnitHistory.Read(db, cancel), cancel), cancel);
    }

    /// <summary>What takes its time, before the transaction: the password and its hash.</summary>
    public Newcomer Prepare(Request request)
    {
        var (_, userName, unit, role, from, to) = request;
        var actor = sight.Demand(PeopleRights.ManageOfficers, unit);
        var post = Appointment.Make(sight.Roles, unit, role, from ?? clock.Today(), to);
        var account = new Account
        {
            Id = Guid.CreateVersion7(),
            UserName = userName,
            NormalizedUserName = normalizer.NormalizeName(userName),
            SecurityStamp = Passwords.NewStamp(),
            LockoutEnabled = true,
        };
        return new(request, account, invitations.Put(account), post, actor);
    }

    /// <summary>Within a transaction: account, post and invitation.</summary>
    public async Task<Invitation> Enter(Newcomer newcomer, UnitHistory units, CancellationToken cancel)
    {
        var (request, account, invitation, post, actor) = newcomer;
        if (await db.Accounts.AnyAsync(a => a.NormalizedUserName == account.NormalizedUserName, cancel))
            throw new RefusedException("officer.user-name-taken", account.UserName) { Member = "userName" };
        db.Add(account);
        await db.Open(
            OfficerProcedure.Definition,
            account.Id,
            request.PostUnit,
            OfficerProcedure.Register,
            new(new() { ["officer_name"] = request.OfficerName.Trim(), ["user_name"] = request.UserName }),
            actor,
            clock.Moment(),
            cancel
        );
        await Move(OfficerProcedure.Appoint, new(post.DeepClone().AsObject()));
        PostRules.CheckGiven(
            Officer.Of((await db.FindWithActs(OfficerProcedure.Definition, account.Id, cancel))!),
            Guid.Parse(post["post_id"]!.GetValue<string>()),
            units
        );
        await Move(OfficerProcedure.Invite, new());
        return invitation;

        Task Move(string move, Deed deed) =>
            db.Move(OfficerProcedure.Definition, account.Id, move, deed, actor, clock.Moment(), cancel);
    }
}

/// <summary>An officer about to be taken in.</summary>
sealed record Newcomer(
    RegisterOfficer.Request Request,
    Account Account,
    Invitation Invitation,
    JsonObject Post,
    ActingOfficer Actor
);
