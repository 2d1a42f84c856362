namespace Loa.Contracts.People;

/// <summary>The roles that a post can have; each module says which of its rights they give.</summary>
public static class RoleNames
{
    public const string Author = "author";
    public const string Approver = "approver";
    public const string Technician = "technician";
    public const string Administrator = "administrator";
    public const string Auditor = "auditor";
}
