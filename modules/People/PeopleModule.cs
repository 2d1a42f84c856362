using Loa.Cases;
using Loa.Cluster;
using Loa.Contracts.People;
using Loa.Kernel;
using Loa.People.Administration;
using Loa.People.Credentials;
using Loa.People.Data;
using Loa.People.Officers;
using Loa.People.Security;
using Loa.People.Seed;
using Loa.People.Sessions;
using Loa.People.SignIn;
using Loa.People.Units;
using Loa.People.Views;
using Loa.Ui;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Loa.People;

/// <summary>The door of People: units, officers, posts and sign-in.</summary>
public static class PeopleModule
{
    static readonly UseCases UseCases = new UseCases()
        .Add<SignIn.SignIn>()
        .Add<ChooseFirstPassword>()
        .Add<SignOut>()
        .Add<SignOutEverywhere>()
        .Add<ChangePassword>()
        .Add<ShowAccount>()
        .Add<EndSession>()
        .Add<ListViews>()
        .Add<SaveView>()
        .Add<RemoveView>()
        .Add<ShowSecurity>()
        .Add<ShowMe>()
        .Add<ListOfficers>()
        .Add<ShowOfficer>()
        .Add<RegisterOfficer>()
        .Add<ImportOfficers>()
        .Add<AskAppointment>()
        .Add<AppointOfficer>()
        .Add<EndPost>()
        .Add<RenameOfficer>()
        .Add<LockOfficer>()
        .Add<UnlockOfficer>()
        .Add<InviteAgain>()
        .Add<SignOutOfficer>()
        .Add<ListUnits>()
        .Add<ShowUnit>()
        .Add<EstablishUnit>()
        .Add<RenameUnit>()
        .Add<RecodeUnit>()
        .Add<TransferUnit>()
        .Add<DissolveUnit>()
        .Add<ListFaults>()
        .Add<MendUnit>();

    public static IServiceCollection AddPeople(this IServiceCollection services, IConfiguration config)
    {
        Words.Add(typeof(PeopleModule).Assembly);
        services.AddModuleDb<PeopleDb>("people");
        UseCases.AddTo(services);
        AddUnits(services);
        AddOfficers(services);
        AddSignIn(services, config);
        services.AddScoped<OwnViews>().AddScoped<ISavedViews>(p => p.GetRequiredService<OwnViews>());
        services.AddScoped<ISeed, SeedPeople>();
        AddRights(services);
        return services;
    }

    public static IEndpointRouteBuilder MapPeople(this IEndpointRouteBuilder routes)
    {
        UseCases.MapTo(routes);
        return routes;
    }

    static void AddRights(IServiceCollection services) =>
        services
            .AddRoles(RoleNames.Administrator, RoleNames.Auditor)
            .AddRights(
                new(PeopleRights.SeeUnits, Right.EveryRole),
                new(PeopleRights.ManageUnits, RoleNames.Administrator),
                new(PeopleRights.ManageOfficers, RoleNames.Administrator),
                new(PeopleRights.SeeLedger, RoleNames.Administrator, RoleNames.Auditor)
            );

    static void AddUnits(IServiceCollection services)
    {
        services.AddSingleton(UnitProcedure.Definition);
        services.AddNodeCache<UnitRegister>("people.units");
        services.AddSingleton<IUnits>(p => p.GetRequiredService<UnitRegister>());
        services.AddScoped<UnitCases>();
        services.AddScoped<IDeskPart, UnitTiles>();
        services.AddScoped<ILedgerRule, TreeProof>();
        services.AddSingleton(new NavItem("nav.units", "/units", "building-community", PeopleRights.SeeUnits, 600));
    }

    static void AddOfficers(IServiceCollection services)
    {
        services
            .AddSingleton(OfficerProcedure.Definition)
            .AddSingleton(ListKeys.StepOf<PeopleDb>(OfficerProcedure.Definition));
        services.AddScoped<IOfficers, OfficersByName>();
        services.AddNodeCache<PostCache>("people.posts");
        services.AddSingleton<IPosts>(p => p.GetRequiredService<PostCache>());
        services.AddScoped<OfficerCases>().AddScoped<Invitations>().AddScoped<PlanOfficers>();
        services.AddSingleton(new NavItem("nav.officers", "/officers", "users", PeopleRights.ManageOfficers, 610));
    }

    static void AddSignIn(IServiceCollection services, IConfiguration config)
    {
        services
            .AddOptions<GateOptions>()
            .Bind(config.GetSection("SignIn"))
            .ValidateDataAnnotations()
            .ValidateOnStart();
        services.AddIdentityCore<Account>().AddEntityFrameworkStores<PeopleDb>();
        services
            .AddOptions<IdentityOptions>()
            .Configure<IOptions<GateOptions>>(
                (identity, options) =>
                {
                    // Length is what counts; rules about signs make people write passwords down.
                    identity.Password.RequiredLength = options.Value.PasswordLength;
                    identity.Password.RequiredUniqueChars = 4;
                    identity.Password.RequireDigit = false;
                    identity.Password.RequireLowercase = false;
                    identity.Password.RequireUppercase = false;
                    identity.Password.RequireNonAlphanumeric = false;
                    identity.User.AllowedUserNameCharacters = "abcdefghijklmnopqrstuvwxyz0123456789.-_";
                }
            );
        SessionCookie.Add(services);
        services.AddSingleton<PasswordHashes>().AddSingleton<Attempts>().AddSingleton<PasswordWork>();
        services.AddSingleton<DeviceCookie>().AddSingleton<SignInLog>();
        services
            .AddScoped<PasswordCheck>()
            .AddScoped<NewPassword>()
            .AddScoped<EasyPassword>()
            .AddScoped<OfficerNames>();
        services.AddScoped<Arrival>().AddScoped<LastTime>().AddScoped<SessionEnds>().AddScoped<SessionList>();
        services.AddScoped<SecurityEvents>();
        services.AddNodeCache<SessionCache>("people.sessions");
        services.AddSingleton<ISessions>(p => p.GetRequiredService<SessionCache>());
        services.AddHostedService<KeepSessions>();
        services.AddSingleton(new NavItem("nav.security", "/security", "history", PeopleRights.SeeLedger, 720));
        services.AddSingleton(new NavItem("nav.account", "/account", "user", Order: 900));
    }
}
