namespace Loa.Kernel;

/// <summary>Who acts. It stands in every act.</summary>
public abstract record Actor(string Name)
{
    /// <summary>The server itself, for acts that no person makes.</summary>
    public static Actor Server => new ActingServer(Words.Get("actor.server"));
}

/// <summary>An officer, by a post of his.</summary>
/// <param name="PostId">Null for what he does about his own account, which takes no post.</param>
/// <param name="UnitId">The unit of the post.</param>
public sealed record ActingOfficer(Guid? PostId, Guid OfficerId, string Name, Guid UnitId) : Actor(Name);

/// <summary>Somebody from outside the administration.</summary>
public sealed record ActingCitizen(Guid CitizenId, string Name) : Actor(Name);

/// <summary>Another organisation, through what is exchanged with it.</summary>
public sealed record ActingOrganisation(Guid OrganisationId, string Name) : Actor(Name);

public sealed record ActingServer(string Name) : Actor(Name);
