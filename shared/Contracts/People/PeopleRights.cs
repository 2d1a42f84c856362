namespace Loa.Contracts.People;

/// <summary>The rights that People asks for.</summary>
public static class PeopleRights
{
    public const string ManageOfficers = "officers.manage";
    public const string ManageUnits = "units.manage";
    public const string SeeUnits = "units.see";
    public const string SeeLedger = "ledger.see";
}
