using System.ComponentModel.DataAnnotations;
using Loa.Cases;
using Loa.Contracts.People;
using Loa.Kernel;
using Loa.People.Credentials;
using Loa.People.Data;
using Loa.People.Units;
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
    public record Request(
        [MaxLength(200)] string OfficerName,
        [MaxLength(64), RegularExpression("^[a-z0-9][a-z0-9._-]{2,63}$")] string UserName,
        Guid PostUnit,
        [MaxLength(40)] string PostRole,
        DateOnly? PostFrom,
        DateOnly? PostTo
    );

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/officers", Post).RequireRight(PeopleRights.ManageOfficers);

    static async Task<IResult> Post(
        Input<Request> input,
        RegisterOfficer useCase,
        HttpContext http,
        CancellationToken cancel
    ) => Invitations.Show(http, await useCase.Run(input.Value, cancel));

    public Task<Invitation> Run(Request request, CancellationToken cancel)
    {
        var (name, userName, unit, role, from, to) = request;
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
        var invitation = invitations.Put(account);
        return db.Atomically(
            async () =>
            {
                if (await db.Accounts.AnyAsync(a => a.NormalizedUserName == account.NormalizedUserName, cancel))
                    throw new RefusedException("officer.user-name-taken") { Member = "userName" };
                db.Add(account);
                await db.Open(
                    OfficerProcedure.Definition,
                    account.Id,
                    unit,
                    OfficerProcedure.Register,
                    new(new() { ["officer_name"] = name.Trim(), ["user_name"] = userName }),
                    actor,
                    clock.Moment(),
                    cancel
                );
                await db.Move(
                    OfficerProcedure.Definition,
                    account.Id,
                    OfficerProcedure.Appoint,
                    new(post.DeepClone().AsObject()),
                    actor,
                    clock.Moment(),
                    cancel
                );
                PostRules.CheckGiven(
                    Officer.Of((await db.FindWithActs(OfficerProcedure.Definition, account.Id, cancel))!),
                    Guid.Parse(post["post_id"]!.GetValue<string>()),
                    await UnitHistory.Read(db, cancel)
                );
                await db.Move(
                    OfficerProcedure.Definition,
                    account.Id,
                    OfficerProcedure.Invite,
                    new(),
                    actor,
                    clock.Moment(),
                    cancel
                );
                return invitation;
            },
            cancel
        );
    }
}
